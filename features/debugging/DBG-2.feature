@rule:DBG-2 @os:18.0
Feature: DBG-2 Simulated launch runs
  A simulated launch spends the pending request and runs its handler within "reaction_time", whatever
  the date, the device's conditions and the app's state, the foreground included; the process must
  live. For continued requests it is undefined.

  Background:
    Given an iPhone with iOS 18.0
    And the app "com.example.app" permits "sync", with the background modes "fetch" and "processing"
    When the person opens the app, which registers "sync" while it launches

  @trace @conforms
  Scenario: Delivered in the foreground, before its date
    When the app submits a refresh request for "sync", earliest in 1 hour, and it is accepted
    And 1 second later, a debugger is attached
    And 1 second later, the debugger simulates a launch of "sync"
    Then the "sync" task is delivered as a refresh task, and the app sets its expiration handler and submits a refresh request for "sync", earliest in 1 hour 59 minutes 57 seconds, and it is accepted
    When 1 second later, the app completes the "sync" task as a success
    Then nothing else happens for 1 minute
    And the oracle says that the trace conforms
    And otherwise the oracle would blame the scheduler under DBG-2

  @trace @scheduler
  Scenario: Never delivered
    When the app submits a refresh request for "sync", earliest in 1 hour, and it is accepted
    And 1 second later, a debugger is attached
    And 1 second later, the debugger simulates a launch of "sync"
    Then nothing else happens for 2 minutes
    And the oracle blames the scheduler under DBG-2

  @run @conforms
  Scenario: Simulated before the date, in the foreground and on battery
    When the device is now on battery
    And the app submits a processing request for "sync", earliest in 1 hour, requiring external power
    And 1 second later, a debugger is attached
    And the debugger simulates a launch of "sync"
    And 61 seconds pass
    Then the "sync" task is delivered as a processing task
    When the app asks for the pending requests
    Then the oracle says that the trace conforms
