@rule:EXP-5 @rule:EXP-14 @os:18.0
Feature: EXP-5 No handler completed by system
  A task expired with no handler set is completed as unsuccessful, without a warning. Where that
  completion cannot be observed, such a task may be over at any moment.

  Background:
    Given an iPhone with iOS 18.0
    And the app "com.example.app" permits "sync", with the background modes "fetch" and "processing"
    When the person opens the app, which registers "sync" while it launches
    And the app submits a refresh request for "sync", and it is accepted

  @trace @rule:CMP-1 @app
  Scenario: Completed as a failure, without a warning
    When 1 minute later, the person puts the device away, idle and locked, and 2 seconds later the app is suspended
    Then 58 minutes 50 seconds later, the "sync" task is delivered as a refresh task
    When the app submits a refresh request for "sync", earliest in 2 hours, and it is accepted
    Then 25 seconds later, the system completes the "sync" task as a failure
    And the app is suspended, and nothing else happens for 1 minute
    And the oracle blames the app under CMP-1
    And the oracle advises EXP-14
    And otherwise the oracle would blame the scheduler under EXP-5

  @trace @scheduler
  Scenario: A handler that was never set is called
    When 1 minute later, the person puts the device away, idle and locked, and 2 seconds later the app is suspended
    Then 58 minutes 50 seconds later, the "sync" task is delivered as a refresh task
    When the app submits a refresh request for "sync", earliest in 2 hours, and it is accepted
    Then 25 seconds later, the "sync" task is expired, and the app completes it as a failure and is suspended
    And nothing else happens for 1 minute
    And the oracle blames the scheduler under EXP-5
    And the oracle advises EXP-14

  @run @rule:CMP-1 @app
  Scenario: On any scheduler: completed as a failure, without a warning
    When 1 minute later, the person puts the device away, idle and locked
    And 58 minutes 52 seconds later, the runner grants a launch of "sync"
    And the app submits a refresh request for "sync", earliest in 2 hours
    And 25 seconds later, the runner takes back the time of the "sync" task
    Then the system completes the "sync" task as a failure
    When 1 minute passes
    Then the oracle blames the app under CMP-1
    And the oracle advises EXP-14
