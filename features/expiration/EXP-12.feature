@rule:EXP-12 @os:18.0
Feature: EXP-12 Memory and crash end without call
  Memory pressure and crashes end a process, suspended or running, without any expiration call; so
  does the watchdog one that takes too long to launch.

  Background:
    Given an iPhone with iOS 18.0
    And the app "com.example.app" permits "sync", with the background modes "fetch" and "processing"
    When the person opens the app, which registers "sync" while it launches

  @trace @conforms
  Scenario: A suspended process is killed
    When the app submits a refresh request for "sync", and it is accepted
    And 1 minute later, the person puts the device away, idle and locked, and 2 seconds later the app is suspended
    And 58 minutes 50 seconds later, memory runs short and the app is killed
    Then nothing else happens for 1 minute
    And the oracle says that the trace conforms

  @trace @conforms
  Scenario: A running process is killed, without an expiration call
    When the app submits a processing request for "sync", and it is accepted
    And 1 minute later, the person puts the device away, idle and locked, and 2 seconds later the app is suspended
    Then 58 minutes 50 seconds later, the "sync" task is delivered as a processing task, and the app sets its expiration handler
    When 9 seconds later, memory runs short and the app is killed
    Then nothing else happens for 1 minute
    And the oracle says that the trace conforms

  @run @conforms
  Scenario: On any scheduler: a suspended process is killed
    When the app submits a refresh request for "sync"
    Then it is accepted
    When 1 minute later, the person puts the device away, idle and locked
    And 58 minutes 52 seconds later, memory runs short and the app is killed
    And 1 minute passes
    Then the oracle says that the trace conforms

  @run @conforms
  Scenario: On any scheduler: a running process is killed, without an expiration call
    When the app submits a processing request for "sync"
    And 1 minute later, the person puts the device away, idle and locked
    And 58 minutes 52 seconds later, the runner grants a launch of "sync"
    Then the "sync" task is delivered as a processing task, and the app sets its expiration handler
    When 9 seconds later, memory runs short and the app is killed
    And 1 minute passes
    Then the oracle says that the trace conforms
