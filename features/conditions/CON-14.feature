@rule:CON-14 @os:18.0
Feature: CON-14 Unrequired is free
  A request that does not require the network may be launched without one, and one that does not
  require power may be launched on battery or never on battery.

  Background:
    Given an iPhone with iOS 18.0
    And the app "com.example.app" permits "sync", with the background modes "fetch" and "processing"

  @trace @conforms
  Scenario: Launched without a network
    Given the device is offline
    When the person opens the app, which registers "sync" while it launches
    And the app submits a processing request for "sync", and it is accepted
    And 1 minute later, the person puts the device away, idle and locked, and 2 seconds later the app is suspended
    Then 58 minutes 50 seconds later, the "sync" task is delivered as a processing task, and the app sets its expiration handler
    When 4 seconds later, the app completes the "sync" task as a success, and is suspended
    Then nothing else happens for 1 minute
    And the oracle says that the trace conforms

  @trace @conforms
  Scenario: Launched on battery
    When the person opens the app, which registers "sync" while it launches
    And the app submits a processing request for "sync", and it is accepted
    And 1 minute later, the person puts the device away, idle and locked, and 2 seconds later the app is suspended
    Then 58 minutes 50 seconds later, the "sync" task is delivered as a processing task, and the app sets its expiration handler
    When 4 seconds later, the app completes the "sync" task as a success, and is suspended
    Then nothing else happens for 1 minute
    And the oracle says that the trace conforms

  @trace @conforms
  Scenario: Not launched on battery
    When the person opens the app, which registers "sync" while it launches
    And the app submits a processing request for "sync", and it is accepted
    And 1 minute later, the person puts the device away, idle and locked, and 2 seconds later the app is suspended
    Then nothing else happens for 1 day 23 hours 58 minutes 50 seconds
    And the oracle says that the trace conforms

  @run @conforms
  Scenario: On any scheduler: launched without a network
    Given the device is offline
    When the person opens the app, which registers "sync" while it launches
    And the app submits a processing request for "sync"
    And 1 minute later, the person puts the device away, idle and locked
    And 58 minutes 52 seconds later, the runner grants a launch of "sync"
    Then the "sync" task is delivered as a processing task, and the app sets its expiration handler
    When 4 seconds later, the app completes the "sync" task as a success
    And 1 minute passes
    Then the oracle says that the trace conforms

  @run @conforms
  Scenario: On any scheduler: launched on battery
    When the person opens the app, which registers "sync" while it launches
    And the app submits a processing request for "sync"
    And 1 minute later, the person puts the device away, idle and locked
    And 58 minutes 52 seconds later, the runner grants a launch of "sync"
    Then the "sync" task is delivered as a processing task, and the app sets its expiration handler
    When 4 seconds later, the app completes the "sync" task as a success
    And 1 minute passes
    Then the oracle says that the trace conforms
