@rule:EXP-5 @rule:EXP-14 @os:18.0
Feature: EXP-5 No handler completed by system
  A task expired with no handler set is completed as unsuccessful, without a warning. Where that
  completion cannot be observed, such a task may be over at any moment.

  Background:
    Given an iPhone with iOS 18.0
    And the app "com.example.app"
    And it permits "sync"
    And its background modes: "fetch" and "processing"
    When the person opens the app
    And the app registers a handler for "sync", and it returns true
    And the app finishes launching
    And the app submits a refresh request for "sync", and it is accepted
    And 1 minute later, the app leaves the foreground
    And 8 seconds later, the device is now idle and locked

  @trace @rule:CMP-1 @app
  Scenario: Completed as a failure, without a warning
    Then 2 seconds later, the app is suspended
    And 58 minutes 50 seconds later, the "sync" task is delivered as a refresh task
    When the app submits a refresh request for "sync", earliest in 2 hours, and it is accepted
    Then 25 seconds later, the system completes the "sync" task as a failure
    And the app is suspended
    And nothing else happens for 1 minute
    And the oracle blames the app under CMP-1
    And the oracle advises EXP-14
    And otherwise the oracle would blame the scheduler under EXP-5

  @trace @scheduler
  Scenario: A handler that was never set is called
    Then 2 seconds later, the app is suspended
    And 58 minutes 50 seconds later, the "sync" task is delivered as a refresh task
    When the app submits a refresh request for "sync", earliest in 2 hours, and it is accepted
    Then 25 seconds later, the "sync" task is expired
    When the app completes the "sync" task as a failure
    Then the app is suspended
    And nothing else happens for 1 minute
    And the oracle blames the scheduler under EXP-5
    And the oracle advises EXP-14

  @run @rule:CMP-1 @app
  Scenario: On any scheduler: completed as a failure, without a warning
    When 58 minutes 52 seconds later, the runner grants a launch of "sync"
    And the app submits a refresh request for "sync", earliest in 2 hours
    And 25 seconds later, the runner takes back the time of the "sync" task
    Then the system completes the "sync" task as a failure
    When 1 minute passes
    Then the oracle blames the app under CMP-1
    And the oracle advises EXP-14
