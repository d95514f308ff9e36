@rule:CON-3 @os:18.0
Feature: CON-3 Network as required
  A request that requires network connectivity is launched only with a network.

  Background:
    Given an iPhone with iOS 18.0
    And the app "com.example.app" permits "sync", with the background modes "fetch" and "processing"

  @trace @conforms
  Scenario: Launched with a network
    When the person opens the app, which registers "sync" while it launches
    And the app submits a processing request for "sync", requiring the network, and it is accepted
    And 1 minute later, the person puts the device away, idle and locked, and 2 seconds later the app is suspended
    Then 58 minutes 50 seconds later, the "sync" task is delivered as a processing task, and the app sets its expiration handler
    When 4 seconds later, the app completes the "sync" task as a success, and is suspended
    Then nothing else happens for 1 minute
    And the oracle says that the trace conforms
    And otherwise the oracle would blame the scheduler under CON-3

  @trace @scheduler
  Scenario: Launched without a network
    Given the device is offline
    When the person opens the app, which registers "sync" while it launches
    And the app submits a processing request for "sync", requiring the network, and it is accepted
    And 1 minute later, the person puts the device away, idle and locked, and 2 seconds later the app is suspended
    Then 58 minutes 50 seconds later, the "sync" task is delivered as a processing task, and the app sets its expiration handler
    When 4 seconds later, the app completes the "sync" task as a success, and is suspended
    Then nothing else happens for 1 minute
    And the oracle blames the scheduler under CON-3

  @run @conforms
  Scenario: On any scheduler: launched with a network
    Given the device is offline
    When the person opens the app, which registers "sync" while it launches
    And the app submits a processing request for "sync", requiring the network
    And 1 minute later, the person puts the device away, idle and locked
    And 30 minutes later, the runner grants a launch of "sync"
    And 28 minutes 52 seconds later, the device is now online
    And the runner grants a launch of "sync"
    Then the "sync" task is delivered as a processing task, and the app sets its expiration handler
    When 4 seconds later, the app completes the "sync" task as a success
    And 1 minute passes
    Then the oracle says that the trace conforms
