@rule:EXP-3 @os:18.0
Feature: EXP-3 Expires once
  The expiration handler of a task is called once at most, and never after the task completed.

  Background:
    Given an iPhone with iOS 18.0
    And the app "com.example.app" permits "sync", with the background modes "fetch" and "processing"
    When the person opens the app, which registers "sync" while it launches
    And the app submits a refresh request for "sync", and it is accepted

  @trace @conforms
  Scenario: Called once
    When 1 minute later, the person puts the device away, idle and locked, and 2 seconds later the app is suspended
    Then 58 minutes 50 seconds later, the "sync" task is delivered as a refresh task, and the app sets its expiration handler and submits a refresh request for "sync", earliest in 2 hours, and it is accepted
    And 9 seconds later, the "sync" task is expired, and the app completes it as a failure and is suspended
    And nothing else happens for 1 minute
    And the oracle says that the trace conforms
    And otherwise the oracle would blame the scheduler under EXP-3

  @trace @scheduler
  Scenario: Called twice
    When 1 minute later, the person puts the device away, idle and locked, and 2 seconds later the app is suspended
    Then 58 minutes 50 seconds later, the "sync" task is delivered as a refresh task, and the app sets its expiration handler and submits a refresh request for "sync", earliest in 2 hours, and it is accepted
    And 9 seconds later, the "sync" task is expired
    And the "sync" task is expired, and the app completes it as a failure and is suspended
    And nothing else happens for 1 minute
    And the oracle blames the scheduler under EXP-3

  @trace @scheduler
  Scenario: Called after the completion
    When 1 minute later, the person puts the device away, idle and locked, and 2 seconds later the app is suspended
    Then 58 minutes 50 seconds later, the "sync" task is delivered as a refresh task, and the app sets its expiration handler and submits a refresh request for "sync", earliest in 2 hours, and it is accepted
    When 9 seconds later, the app completes the "sync" task as a success
    Then the "sync" task is expired
    And the app is suspended, and nothing else happens for 1 minute
    And the oracle blames the scheduler under EXP-3

  @run @conforms
  Scenario: On any scheduler: called once
    When 1 minute later, the person puts the device away, idle and locked
    And 58 minutes 52 seconds later, the runner grants a launch of "sync"
    And the app sets the expiration handler of the "sync" task
    And the app submits a refresh request for "sync", earliest in 2 hours
    And 9 seconds later, the runner takes back the time of the "sync" task
    Then the "sync" task is expired, and the app completes it as a failure
    When 1 minute passes
    Then the oracle says that the trace conforms
