@rule:REG-2 @os:18.0
Feature: REG-2 Unpermitted returns false
  Registering an identifier that Info.plist does not permit returns false, raises nothing and
  registers nothing. (The cocoabytes guide says instead that it silently succeeds and never runs: kept
  as the setting "silently_true".)

  Background:
    Given an iPhone with iOS 18.0
    And the app "com.example.app" permits "sync", with the background modes "fetch" and "processing"
    When the person opens the app

  @trace @conforms
  Scenario: Not permitted: false
    When the app registers a handler for "other", and it returns false
    And the app finishes launching
    Then nothing else happens for 1 second
    And the oracle says that the trace conforms
    And otherwise the oracle would blame the scheduler under REG-2

  @trace @conforms @scheduler
  Scenario: Not permitted, and true
    Declared by the implementation.

    When the app registers a handler for "other", and it returns true
    And the app finishes launching
    Then nothing else happens for 1 second
    And the oracle blames the scheduler under REG-2
    And with unpermitted_register = "silently_true", the oracle says that the trace conforms

  @run @conforms
  Scenario: On any scheduler: not permitted: false
    When the app registers a handler for "other"
    Then it returns false
    When the app finishes launching
    And 1 second passes
    Then the oracle says that the trace conforms
