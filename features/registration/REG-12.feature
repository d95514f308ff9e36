@rule:REG-12 @os:18.0
Feature: REG-12 Register once
  An identifier is registered once in a process. SwiftUI's ".backgroundTask(.appRefresh(id))" counts
  as its registration.

  Background:
    Given an iPhone with iOS 18.0
    And the app "com.example.app"
    And its background modes: "fetch" and "processing"

  @trace @conforms
  Scenario: Each identifier once
    Given it permits "sync" and "clean"
    When the person opens the app
    And the app registers handlers for "sync" and "clean", and each returns true
    And the app finishes launching
    Then nothing else happens for 1 second
    And the oracle says that the trace conforms
    And otherwise the oracle would blame the app under REG-12

  @trace @app
  Scenario: One identifier twice
    Given it permits "sync"
    When the person opens the app
    And the app registers a handler for "sync", and it returns true
    And the app registers a handler for "sync", and it raises "Launch handler for task with identifier com.example.app.sync has already been registered"
    And the app crashes
    Then nothing else happens for 1 second
    And the oracle blames the app under REG-12

  @run @conforms
  Scenario: On any scheduler: each identifier once
    Given it permits "sync" and "clean"
    When the person opens the app
    And the app registers a handler for "sync"
    And the app registers a handler for "clean"
    Then it returns true
    When the app finishes launching
    And 1 second passes
    Then the oracle says that the trace conforms

  @run @app
  Scenario: On any scheduler: one identifier twice
    Given it permits "sync"
    When the person opens the app
    And the app registers a handler for "sync"
    And the app registers a handler for "sync"
    Then it raises "has already been registered"
    When 1 second passes
    Then the oracle blames the app under REG-12
