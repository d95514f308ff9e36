@rule:CON-2 @os:18.0
Feature: CON-2 Power as required
  A request that requires external power is launched only on external power.

  Background:
    Given an iPhone with iOS 18.0
    And the app "com.example.app" permits "sync", with the background modes "fetch" and "processing"

  @trace @conforms
  Scenario: Launched on power
    Given the device is on external power
    When the person opens the app, which registers "sync" while it launches
    And the app submits a processing request for "sync", requiring external power, and it is accepted
    And 1 minute later, the person puts the device away, idle and locked, and 2 seconds later the app is suspended
    Then 58 minutes 50 seconds later, the "sync" task is delivered as a processing task, and the app sets its expiration handler
    When 4 seconds later, the app completes the "sync" task as a success, and is suspended
    Then nothing else happens for 1 minute
    And the oracle says that the trace conforms
    And otherwise the oracle would blame the scheduler under CON-2

  @trace @scheduler
  Scenario: Launched on battery
    When the person opens the app, which registers "sync" while it launches
    And the app submits a processing request for "sync", requiring external power, and it is accepted
    And 1 minute later, the person puts the device away, idle and locked, and 2 seconds later the app is suspended
    Then 58 minutes 50 seconds later, the "sync" task is delivered as a processing task, and the app sets its expiration handler
    When 4 seconds later, the app completes the "sync" task as a success, and is suspended
    Then nothing else happens for 1 minute
    And the oracle blames the scheduler under CON-2

  @run @conforms
  Scenario: On any scheduler: launched on power
    Given the device is on battery
    When the person opens the app, which registers "sync" while it launches
    And the app submits a processing request for "sync", requiring external power
    And 1 minute later, the person puts the device away, idle and locked
    And 30 minutes later, the runner grants a launch of "sync"
    And 28 minutes 52 seconds later, the device is now on external power
    And the runner grants a launch of "sync"
    Then the "sync" task is delivered as a processing task, and the app sets its expiration handler
    When 4 seconds later, the app completes the "sync" task as a success
    And 1 minute passes
    Then the oracle says that the trace conforms
