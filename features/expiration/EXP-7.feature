@rule:EXP-7 @os:18.0
Feature: EXP-7 Killed only after grace
  For overrunning its time an app is killed only after the expiration handler of the task was
  called, or could not be called because the app blocks that task's registration queue (EXP-13), and
  the grace is over. Where the device is not calm the process of a running continued task may be
  ended abruptly, without the call. The grace is not documented: a setting, one for all tasks of the
  app. A task completed by the system (EXP-5) is no reason to kill. A kill of unknown cause is never
  a breach.

  Background:
    Given an iPhone with iOS 18.0
    And the app "com.example.app" permits "sync", with the background modes "fetch" and "processing"
    When the person opens the app, which registers "sync" while it launches
    And the app submits a refresh request for "sync", and it is accepted

  @trace @rule:CMP-1 @app
  Scenario: Killed after the expiration call
    When 1 minute later, the person puts the device away, idle and locked, and 2 seconds later the app is suspended
    Then 58 minutes 50 seconds later, the "sync" task is delivered as a refresh task, and the app sets its expiration handler and submits a refresh request for "sync", earliest in 2 hours, and it is accepted
    And 29 seconds later, the "sync" task is expired
    And 9 seconds later, the system kills the app, for overrunning its time
    And nothing else happens for 1 minute
    And the oracle blames the app under CMP-1
    And otherwise the oracle would blame the scheduler under EXP-7

  @trace @scheduler
  Scenario: Killed without an expiration call
    When 1 minute later, the person puts the device away, idle and locked, and 2 seconds later the app is suspended
    Then 58 minutes 50 seconds later, the "sync" task is delivered as a refresh task, and the app sets its expiration handler and submits a refresh request for "sync", earliest in 2 hours, and it is accepted
    And 29 seconds later, the system kills the app, for overrunning its time
    And nothing else happens for 1 minute
    And the oracle blames the scheduler under EXP-7

  @run @rule:CMP-1 @app
  Scenario: On any scheduler: killed after the expiration call
    When 1 minute later, the person puts the device away, idle and locked
    And 58 minutes 52 seconds later, the runner grants a launch of "sync"
    And the app sets the expiration handler of the "sync" task
    And the app submits a refresh request for "sync", earliest in 2 hours
    Then the "sync" task is expired
    When 1 minute 38 seconds pass
    Then the oracle blames the app under CMP-1
