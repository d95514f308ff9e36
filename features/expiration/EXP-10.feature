@rule:EXP-10 @os:18.0
Feature: EXP-10 Lost condition may expire
  A task whose required power or network goes away while it runs may be expired while it is gone;
  under `no` that is no reason (EXP-17; elsewhere EXP-4 allows any expiry).

  Background:
    Given an iPhone with iOS 18.0
    And the app "com.example.app"
    And it permits "sync"
    And its background modes: "fetch" and "processing"

  @trace @conforms
  Scenario: Expired
    When the person opens the app
    And the app registers a handler for "sync", and it returns true
    And the app finishes launching
    And the app submits a processing request for "sync", requiring the network, and it is accepted
    And 1 minute later, the app leaves the foreground
    And 8 seconds later, the device is now idle and locked
    Then 2 seconds later, the app is suspended
    And 58 minutes 50 seconds later, the "sync" task is delivered as a processing task
    When the app sets the expiration handler of the "sync" task
    And 1 minute later, the device is now offline
    Then 1 second later, the "sync" task is expired
    When the app completes the "sync" task as a failure
    Then the app is suspended
    And nothing else happens for 1 minute
    And the oracle says that the trace conforms

  @trace @conforms
  Scenario: Left running
    When the person opens the app
    And the app registers a handler for "sync", and it returns true
    And the app finishes launching
    And the app submits a processing request for "sync", requiring the network, and it is accepted
    And 1 minute later, the app leaves the foreground
    And 8 seconds later, the device is now idle and locked
    Then 2 seconds later, the app is suspended
    And 58 minutes 50 seconds later, the "sync" task is delivered as a processing task
    When the app sets the expiration handler of the "sync" task
    And 1 minute later, the device is now offline
    And 1 minute later, the app completes the "sync" task as a success
    Then the app is suspended
    And nothing else happens for 1 minute
    And the oracle says that the trace conforms

  @run @conforms
  Scenario: On any scheduler: expired
    Given the implementation declares processing_budget = "600 s"
    When the person opens the app
    And the app registers a handler for "sync"
    And the app finishes launching
    And the app submits a processing request for "sync", requiring the network
    And 1 minute later, the app leaves the foreground
    And 8 seconds later, the device is now idle and locked
    And 58 minutes 52 seconds later, the runner grants a launch of "sync"
    Then the "sync" task is delivered as a processing task
    When the app sets the expiration handler of the "sync" task
    And 1 minute later, the device is now offline
    And 1 second later, the app completes the "sync" task as a failure
    And 1 minute passes
    Then the oracle says that the trace conforms

  @run @conforms
  Scenario: On any scheduler: left running
    When the person opens the app
    And the app registers a handler for "sync"
    And the app finishes launching
    And the app submits a processing request for "sync", requiring the network
    And 1 minute later, the app leaves the foreground
    And 8 seconds later, the device is now idle and locked
    And 58 minutes 52 seconds later, the runner grants a launch of "sync"
    Then the "sync" task is delivered as a processing task
    When the app sets the expiration handler of the "sync" task
    And 1 minute later, the device is now offline
    And 1 minute later, the app completes the "sync" task as a success
    And 1 minute passes
    Then the oracle says that the trace conforms
