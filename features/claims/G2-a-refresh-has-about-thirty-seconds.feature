@case:G2 @os:18.5
# Asked: How long may a refresh run?
Feature: G2 A refresh has about thirty seconds
  After that it is expired.

  Background:
    Given an iPhone with iOS 18.5
    And the app "com.example.guide" permits "sync", with the background modes "fetch" and "processing"
    When the person opens the app, which registers "sync" while it launches
    And the app submits a refresh request for "sync", earliest in 15 minutes, and it is accepted

  @trace @rule:EXP-1 @conforms
  Scenario: Thirty seconds after the delivery the task expires
    When 59 seconds later, the person puts the device away, idle and locked, and 2 seconds later the app is suspended
    Then 58 minutes 50 seconds later, the "sync" task is delivered as a refresh task, and the app sets its expiration handler and submits a refresh request for "sync", earliest in 2 hours, and it is accepted
    And 30 seconds later, the "sync" task is expired, and the app completes it as a failure and is suspended
    And nothing else happens for 1 minute
    And the oracle says that the trace conforms
    And otherwise the oracle would blame the scheduler under EXP-1

  @trace @rule:EXP-1 @scheduler
  Scenario: The task runs for 50 seconds and is never told that its time is over
    When 59 seconds later, the person puts the device away, idle and locked, and 2 seconds later the app is suspended
    Then 58 minutes 50 seconds later, the "sync" task is delivered as a refresh task, and the app sets its expiration handler and submits a refresh request for "sync", earliest in 2 hours, and it is accepted
    When 50 seconds later, the app completes the "sync" task as a success, and is suspended
    Then nothing else happens for 1 minute
    And the oracle blames the scheduler under EXP-1

  @run @conforms
  Scenario: On any scheduler: thirty seconds after the delivery the task expires
    When 59 seconds later, the person puts the device away, idle and locked
    And 58 minutes 52 seconds later, the runner grants a launch of "sync"
    And the app sets the expiration handler of the "sync" task
    And the app submits a refresh request for "sync", earliest in 2 hours
    Then the "sync" task is expired
    When 30 seconds later, the app completes the "sync" task as a failure
    And 1 minute passes
    Then the oracle says that the trace conforms
