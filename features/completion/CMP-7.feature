@rule:CMP-7 @os:18.0
Feature: CMP-7 Not completing may be killed
  An app that does not complete may be killed when its time and grace are over, and throttled later.

  Background:
    Given an iPhone with iOS 18.0
    And the app "com.example.app" permits "sync", with the background modes "fetch" and "processing"
    When the person opens the app, which registers "sync" while it launches
    And the app submits a refresh request for "sync", and it is accepted

  @trace @conforms
  Scenario: Not killed
    When 1 minute later, the person puts the device away, idle and locked, and 2 seconds later the app is suspended
    Then 58 minutes 50 seconds later, the "sync" task is delivered as a refresh task, and the app sets its expiration handler and submits a refresh request for "sync", earliest in 2 hours, and it is accepted
    And 29 seconds later, the "sync" task is expired
    When 5 minutes later, the app completes the "sync" task as a failure, and is suspended
    Then nothing else happens for 1 minute
    And the oracle says that the trace conforms

  @trace @rule:CMP-1 @app
  Scenario: Killed after the grace
    When 1 minute later, the person puts the device away, idle and locked, and 2 seconds later the app is suspended
    Then 58 minutes 50 seconds later, the "sync" task is delivered as a refresh task, and the app sets its expiration handler and submits a refresh request for "sync", earliest in 2 hours, and it is accepted
    And 29 seconds later, the "sync" task is expired
    And 9 seconds later, the system kills the app, for overrunning its time
    And nothing else happens for 1 minute
    And the oracle blames the app under CMP-1

  @run @rule:CMP-1 @app
  Scenario: On any scheduler: killed after the grace
    When 1 minute later, the person puts the device away, idle and locked
    And 58 minutes 52 seconds later, the runner grants a launch of "sync"
    Then the "sync" task is delivered as a refresh task, and the app sets its expiration handler and submits a refresh request for "sync", earliest in 2 hours
    When 1 minute 38 seconds pass
    Then the oracle blames the app under CMP-1
