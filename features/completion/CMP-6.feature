@rule:CMP-6 @os:18.0
Feature: CMP-6 Completion within grace
  Completion after expiry and within the grace, inside the expiration handler too, is accepted, and no
  kill follows.

  Background:
    Given an iPhone with iOS 18.0
    And the app "com.example.app" permits "sync", with the background modes "fetch" and "processing"
    When the person opens the app, which registers "sync" while it launches
    And the app submits a refresh request for "sync", and it is accepted

  @trace @conforms
  Scenario: Completed within the grace; no kill follows
    When 1 minute later, the person puts the device away, idle and locked, and 2 seconds later the app is suspended
    Then 58 minutes 50 seconds later, the "sync" task is delivered as a refresh task, and the app sets its expiration handler and submits a refresh request for "sync", earliest in 2 hours, and it is accepted
    And 29 seconds later, the "sync" task is expired
    When 2 seconds later, the app completes the "sync" task as a failure, and is suspended
    Then nothing else happens for 1 minute
    And the oracle says that the trace conforms
    And otherwise the oracle would blame the scheduler under CMP-6

  @trace @scheduler
  Scenario: Completed within the grace and killed
    When 1 minute later, the person puts the device away, idle and locked, and 2 seconds later the app is suspended
    Then 58 minutes 50 seconds later, the "sync" task is delivered as a refresh task, and the app sets its expiration handler and submits a refresh request for "sync", earliest in 2 hours, and it is accepted
    And 29 seconds later, the "sync" task is expired
    When 2 seconds later, the app completes the "sync" task as a failure
    Then 1 second later, the system kills the app, for overrunning its time
    And nothing else happens for 1 minute
    And the oracle blames the scheduler under CMP-6

  @run @conforms
  Scenario: On any scheduler: completed within the grace; no kill follows
    When 1 minute later, the person puts the device away, idle and locked
    And 58 minutes 52 seconds later, the runner grants a launch of "sync"
    Then the "sync" task is delivered as a refresh task, and the app sets its expiration handler and submits a refresh request for "sync", earliest in 2 hours
    When 31 seconds later, the app completes the "sync" task as a failure
    And 1 minute passes
    Then the oracle says that the trace conforms
