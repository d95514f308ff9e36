@case:F14 @os:18.2
# Asked: It works in debug, and not from TestFlight
Feature: F14 Processing runs in debug builds and not from TestFlight
  A forum report: processing works in Debug and not in TestFlight. A debugger keeps the process
  awake and lifts the limits. Without it a request that needs the network may wait for days, and a
  long upload ends by expiration.

  Background:
    Given an iPhone with iOS 18.2
    And the app "com.example.backup" permits "backup", with the background modes "processing"
    And the trace is retold from a report
    When the person opens the app, which registers "backup" while it launches
    And the app submits a processing request for "backup", earliest in 15 minutes, requiring the network, and it is accepted

  @trace @rule:CON-12 @conforms
  Scenario: Accepted and not launched for five days: nothing is owed
    When the app asks for the pending requests, and it gets these requests:
      | identifier | kind       | earliest      | requiring   |
      | "backup"   | processing | in 15 minutes | the network |
    And 59 seconds later, the person puts the device away, idle and locked, and 2 seconds later the app is suspended
    Then nothing else happens for 4 days 23 hours 58 minutes 50 seconds
    And the oracle says that the trace conforms

  @trace @rule:CON-3 @scheduler
  Scenario: It asked for the network and is launched without one
    When 59 seconds later, the person puts the device away, idle and locked
    And 2 seconds later, the device is now offline
    Then 2 seconds later, the app is suspended
    And 5 hours 58 minutes 48 seconds later, the "backup" task is delivered as a processing task, and the app sets its expiration handler and begins its work
    When the app ends the work of "backup" and completes its task as a failure, and is suspended
    Then nothing else happens for 1 minute
    And the oracle blames the scheduler under CON-3

  @trace @rule:EXP-2 @rule:EXP-4 @conforms
  Scenario: Minutes, and no more is promised
    When 59 seconds later, the person puts the device away, idle and locked, and 2 seconds later the app is suspended
    Then 5 hours 58 minutes 50 seconds later, the "backup" task is delivered as a processing task, and the app sets its expiration handler and begins its work
    And 7 minutes later, the "backup" task is expired, and the app ends its work and completes it as a failure
    And the app is suspended, and nothing else happens for 1 minute
    And the oracle says that the trace conforms

  @trace @rule:DBG-7 @conforms
  Scenario: Under the debugger nothing is suspended and nothing runs out of time
    When 9 seconds later, a debugger is attached
    And 1 second later, the debugger simulates a launch of "backup"
    Then the "backup" task is delivered as a processing task, and the app sets its expiration handler and begins its work
    When 5 seconds later, the app leaves the foreground
    And 40 minutes later, the app ends the work of "backup" and completes its task as a success
    Then nothing else happens for 10 minutes
    And the oracle says that the trace conforms
    And otherwise the oracle would blame the scheduler under LAU-2

  @run @conforms
  Scenario: On any scheduler: accepted and not launched for five days: nothing is owed
    When the app asks for the pending requests
    And 59 seconds later, the person puts the device away, idle and locked
    And 4 days 23 hours 58 minutes 52 seconds pass
    Then the oracle says that the trace conforms

  @run @conforms
  Scenario: On any scheduler: minutes, and no more is promised
    When 59 seconds later, the person puts the device away, idle and locked
    And 5 hours 58 minutes 52 seconds later, the runner grants a launch of "backup"
    Then the "backup" task is delivered as a processing task, and the app sets its expiration handler and begins its work
    When 7 minutes later, the runner takes back the time of the "backup" task
    And the app ends the work of "backup" and completes its task as a failure
    And 1 minute passes
    Then the oracle says that the trace conforms
