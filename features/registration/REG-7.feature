@rule:REG-7 @os:26.0
Feature: REG-7 Register before launch finishes
  Handlers for refresh, processing and health research are registered before launch finishes. Up to 18
  the late registration is the breach; from 26.0, where registration may be for continued processing,
  the submission of another kind under a late identifier is.

  Background:
    Given an iPhone with iOS 26.0
    And the app "com.example.app" permits "sync", with the background modes "fetch" and "processing"
    When the person opens the app

  @trace @conforms
  Scenario: Registered before launch finished
    When the app registers a handler for "sync", and it returns true
    And the app finishes launching
    And the app submits a refresh request for "sync", and it is accepted
    Then nothing else happens for 1 second
    And the oracle says that the trace conforms
    And otherwise the oracle would blame the app under REG-7

  @trace @app
  Scenario: Refresh submitted under an identifier that was registered late
    When the app finishes launching
    And 1 second later, the app registers and submits a refresh request for "sync", and it is accepted
    Then nothing else happens for 1 second
    And the oracle blames the app under REG-7

  @run @conforms
  Scenario: On any scheduler: registered before launch finished
    When the app registers a handler for "sync"
    And the app finishes launching
    And the app submits a refresh request for "sync"
    Then it is accepted
    When 1 second passes
    Then the oracle says that the trace conforms

  @run @app
  Scenario: On any scheduler: refresh submitted under an identifier that was registered late
    When the app finishes launching
    And 1 second later, the app registers and submits a refresh request for "sync"
    Then it is accepted
    When 1 second passes
    Then the oracle blames the app under REG-7
