@rule:RES-8 @os:26.0
Feature: RES-8 Other kinds give no GPU
  Refresh, processing and health research give no background GPU.

  Background:
    Given an iPhone with iOS 26.0
    And the app "com.example.app"
    And it permits "sync"
    And its background modes: "fetch" and "processing"
    When the person opens the app
    And the app registers a handler for "sync", and it returns true
    And the app finishes launching
    And the app submits a processing request for "sync", and it is accepted
    And 1 minute later, the app leaves the foreground
    And 8 seconds later, the device is now idle and locked

  @trace @conforms
  Scenario: Fails
    Then 2 seconds later, the app is suspended
    And 58 minutes 50 seconds later, the "sync" task is delivered as a processing task
    When the app sets the expiration handler of the "sync" task
    And 1 second later, the app uses the GPU, and it fails
    And 1 second later, the app completes the "sync" task as a failure
    Then the app is suspended
    And nothing else happens for 1 minute
    And the oracle says that the trace conforms
    And otherwise the oracle would blame the device under RES-8

  @trace @device
  Scenario: A processing task gives background GPU
    Then 2 seconds later, the app is suspended
    And 58 minutes 50 seconds later, the "sync" task is delivered as a processing task
    When the app sets the expiration handler of the "sync" task
    And 1 second later, the app uses the GPU, and it succeeds
    And 1 second later, the app completes the "sync" task as a success
    Then the app is suspended
    And nothing else happens for 1 minute
    And the oracle blames the device under RES-8

  @run @conforms
  Scenario: On any scheduler: fails
    When 58 minutes 52 seconds later, the runner grants a launch of "sync"
    And the app sets the expiration handler of the "sync" task
    And 1 second later, the app uses the GPU
    Then it fails
    When 1 second later, the app completes the "sync" task as a failure
    And 1 minute passes
    Then the oracle says that the trace conforms
