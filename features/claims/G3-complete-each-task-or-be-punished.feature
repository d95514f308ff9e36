@case:G3 @os:18.5
# Asked: What if I do not complete a task?
Feature: G3 Complete each task, or be punished
  A task that is never completed ends with the process killed, and the app may be launched less often.

  Background:
    Given an iPhone with iOS 18.5
    And the app "com.example.guide" permits "sync", with the background modes "fetch" and "processing"
    When the person opens the app, which registers "sync" while it launches
    And the app submits a refresh request for "sync", earliest in 15 minutes, and it is accepted

  @trace @conforms
  Scenario: Completed: nothing else is owed
    When 59 seconds later, the person puts the device away, idle and locked, and 2 seconds later the app is suspended
    Then 58 minutes 50 seconds later, the "sync" task is delivered as a refresh task, and the app sets its expiration handler and submits a refresh request for "sync", earliest in 2 hours, and it is accepted
    When 4 seconds later, the app completes the "sync" task as a success, and is suspended
    Then nothing else happens for 3 hours
    And the oracle says that the trace conforms

  @trace @rule:CMP-1 @rule:CMP-7 @rule:CMP-9 @app
  Scenario: Never completes, killed, and not launched again
    Expired, never completed, killed; the next request is not launched for days.

    When 59 seconds later, the person puts the device away, idle and locked, and 2 seconds later the app is suspended
    Then 58 minutes 50 seconds later, the "sync" task is delivered as a refresh task, and the app sets its expiration handler and submits a refresh request for "sync", earliest in 2 hours, and it is accepted
    And 29 seconds later, the "sync" task is expired
    And 8 seconds later, the system kills the app, for overrunning its time
    And nothing else happens for 5 days 22 hours 59 minutes 23 seconds
    And the oracle blames the app under CMP-1

  @run @conforms
  Scenario: On any scheduler: completed: nothing else is owed
    When 59 seconds later, the person puts the device away, idle and locked
    And 58 minutes 52 seconds later, the runner grants a launch of "sync"
    Then the "sync" task is delivered as a refresh task, and the app sets its expiration handler and submits a refresh request for "sync", earliest in 2 hours
    When 4 seconds later, the app completes the "sync" task as a success
    And 3 hours pass
    Then the oracle says that the trace conforms

  @run @rule:CMP-1 @app
  Scenario: On any scheduler: never completes, killed, and not launched again
    When 59 seconds later, the person puts the device away, idle and locked
    And 58 minutes 52 seconds later, the runner grants a launch of "sync"
    Then the "sync" task is delivered as a refresh task, and the app sets its expiration handler and submits a refresh request for "sync", earliest in 2 hours
    When 5 days 23 hours pass
    Then the oracle blames the app under CMP-1
