@rule:REG-3 @rule:REG-12 @os:18.0
Feature: REG-3 Second registration raises
  Registering an identifier a second time in one process raises 'Launch handler for task with
  identifier <id> has already been registered' and the process dies; where it survives, the first
  handler stays.

  Background:
    Given an iPhone with iOS 18.0
    And the app "com.example.app" permits "sync", with the background modes "fetch" and "processing"
    When the person opens the app

  @trace @app
  Scenario: The second registration raises
    When the app registers a handler for "sync", and it returns true
    And the app registers a handler for "sync", and it raises "Launch handler for task with identifier com.example.app.sync has already been registered"
    And the app crashes
    Then nothing else happens for 1 second
    And the oracle blames the app under REG-12
    And otherwise the oracle would blame the scheduler under REG-3

  @trace @scheduler @app
  Scenario: The second registration returns
    When the app registers handlers for "sync" and "sync", and each returns true
    And the app finishes launching
    Then nothing else happens for 1 second
    And the oracle blames the app under REG-12
    And the oracle blames the scheduler under REG-3

  @run @app
  Scenario: On any scheduler: the second registration raises
    When the app registers a handler for "sync"
    And the app registers a handler for "sync"
    Then it raises "Launch handler for task with identifier com.example.app.sync has already been registered"
    When 1 second passes
    Then the oracle blames the app under REG-12
