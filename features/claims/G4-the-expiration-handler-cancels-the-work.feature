@case:G4 @os:18.5
# Asked: What belongs into the expiration handler?
Feature: G4 The expiration handler cancels the work
  On expiration the work is cancelled and the task completed as a failure. Then the process is safe.

  Background:
    Given an iPhone with iOS 18.5
    And the app "com.example.guide" permits "sync", with the background modes "fetch" and "processing"
    When the person opens the app, which registers "sync" while it launches
    And the app submits a refresh request for "sync", earliest in 15 minutes, and it is accepted

  @trace @rule:CMP-6 @conforms
  Scenario: Cancels and reports failure
    The handler ends the work and completes the task as a failure, within the grace.

    When 59 seconds later, the person puts the device away, idle and locked, and 2 seconds later the app is suspended
    Then 58 minutes 50 seconds later, the "sync" task is delivered as a refresh task, and the app sets its expiration handler and submits a refresh request for "sync", earliest in 2 hours, and it is accepted
    When the app begins the work of "sync"
    Then 25 seconds later, the "sync" task is expired, and the app ends its work and completes it as a failure
    And the app is suspended, and nothing else happens for 1 minute
    And the oracle says that the trace conforms
    And otherwise the oracle would blame the scheduler under CMP-6

  @trace @rule:EXP-14 @conforms
  Scenario: It ends in time, by luck: no expiration handler was ever set
    When 59 seconds later, the person puts the device away, idle and locked, and 2 seconds later the app is suspended
    Then 58 minutes 50 seconds later, the "sync" task is delivered as a refresh task
    When the app submits a refresh request for "sync", earliest in 2 hours, and it is accepted
    And the app begins the work of "sync"
    And 9 seconds later, the app ends the work of "sync" and completes its task as a success, and is suspended
    Then nothing else happens for 1 minute
    And the oracle says that the trace conforms
    And the oracle advises EXP-14

  @trace @rule:CMP-6 @scheduler
  Scenario: Completed after the expiry and killed for its time all the same
    When 59 seconds later, the person puts the device away, idle and locked, and 2 seconds later the app is suspended
    Then 58 minutes 50 seconds later, the "sync" task is delivered as a refresh task, and the app sets its expiration handler and submits a refresh request for "sync", earliest in 2 hours, and it is accepted
    And 25 seconds later, the "sync" task is expired, and the app completes it as a failure
    And 2 seconds later, the system kills the app, for overrunning its time
    And nothing else happens for 1 minute
    And the oracle blames the scheduler under CMP-6

  @run @conforms
  Scenario: On any scheduler: cancels and reports failure
    When 59 seconds later, the person puts the device away, idle and locked
    And 58 minutes 52 seconds later, the runner grants a launch of "sync"
    Then the "sync" task is delivered as a refresh task, and the app sets its expiration handler and submits a refresh request for "sync", earliest in 2 hours
    When the app begins the work of "sync"
    And 25 seconds later, the runner takes back the time of the "sync" task
    And the app ends the work of "sync" and completes its task as a failure
    And 1 minute passes
    Then the oracle says that the trace conforms

  @run @rule:EXP-14 @conforms
  Scenario: On any scheduler: it ends in time, by luck: no expiration handler was ever set
    When 59 seconds later, the person puts the device away, idle and locked
    And 58 minutes 52 seconds later, the runner grants a launch of "sync"
    Then the "sync" task is delivered as a refresh task
    When the app submits a refresh request for "sync", earliest in 2 hours
    Then it is accepted
    When the app begins the work of "sync"
    And 9 seconds later, the app ends the work of "sync" and completes its task as a success
    And 1 minute passes
    Then the oracle says that the trace conforms
    And the oracle advises EXP-14
