@rule:REG-4 @rule:REG-7 @os:18.0
Feature: REG-4 Late registration raises
  Registering a permitted identifier after launch has finished raises 'All launch handlers must be
  registered before application finishes launching' and the process dies.

  Background:
    Given an iPhone with iOS 18.0
    And the app "com.example.app" permits "sync", with the background modes "fetch" and "processing"
    When the person opens the app
    And the app finishes launching

  @trace @app
  Scenario: The late registration raises
    When 1 second later, the app registers a handler for "sync", and it raises "All launch handlers must be registered before application finishes launching"
    And the app crashes
    Then nothing else happens for 1 second
    And the oracle blames the app under REG-7
    And otherwise the oracle would blame the scheduler under REG-4

  @trace @scheduler @app
  Scenario: The late registration returns true
    When 1 second later, the app registers a handler for "sync", and it returns true
    Then nothing else happens for 1 second
    And the oracle blames the app under REG-7
    And the oracle blames the scheduler under REG-4

  @run @app
  Scenario: On any scheduler: the late registration raises
    When 1 second later, the app registers a handler for "sync"
    Then it raises "All launch handlers must be registered before application finishes launching"
    When 1 second passes
    Then the oracle blames the app under REG-7
