@rule:EXP-10 @os:18.0
Feature: EXP-10 Lost condition may expire
  A task whose required power or network goes away while it runs may be expired while it is gone;
  under `no` that is no reason (EXP-17; elsewhere EXP-4 allows any expiry).

  Background:
    Given an iPhone with iOS 18.0
    And the app "com.example.app" permits "sync", with the background modes "fetch" and "processing"

  @trace @conforms
  Scenario: Expired
    When the person opens the app, which registers "sync" while it launches
    And the app submits a processing request for "sync", requiring the network, and it is accepted
    And 1 minute later, the person puts the device away, idle and locked, and 2 seconds later the app is suspended
    Then 58 minutes 50 seconds later, the "sync" task is delivered as a processing task, and the app sets its expiration handler
    When 1 minute later, the device is now offline
    Then 1 second later, the "sync" task is expired, and the app completes it as a failure and is suspended
    And nothing else happens for 1 minute
    And the oracle says that the trace conforms

  @trace @conforms
  Scenario: Left running
    When the person opens the app, which registers "sync" while it launches
    And the app submits a processing request for "sync", requiring the network, and it is accepted
    And 1 minute later, the person puts the device away, idle and locked, and 2 seconds later the app is suspended
    Then 58 minutes 50 seconds later, the "sync" task is delivered as a processing task, and the app sets its expiration handler
    When 1 minute later, the device is now offline
    And 1 minute later, the app completes the "sync" task as a success, and is suspended
    Then nothing else happens for 1 minute
    And the oracle says that the trace conforms

  @run @conforms
  Scenario: On any scheduler: expired
    Given the implementation declares processing_budget = "600 s"
    When the person opens the app, which registers "sync" while it launches
    And the app submits a processing request for "sync", requiring the network
    And 1 minute later, the person puts the device away, idle and locked
    And 58 minutes 52 seconds later, the runner grants a launch of "sync"
    Then the "sync" task is delivered as a processing task, and the app sets its expiration handler
    When 1 minute later, the device is now offline
    And 1 second later, the app completes the "sync" task as a failure
    And 1 minute passes
    Then the oracle says that the trace conforms

  @run @conforms
  Scenario: On any scheduler: left running
    When the person opens the app, which registers "sync" while it launches
    And the app submits a processing request for "sync", requiring the network
    And 1 minute later, the person puts the device away, idle and locked
    And 58 minutes 52 seconds later, the runner grants a launch of "sync"
    Then the "sync" task is delivered as a processing task, and the app sets its expiration handler
    When 1 minute later, the device is now offline
    And 1 minute later, the app completes the "sync" task as a success
    And 1 minute passes
    Then the oracle says that the trace conforms
