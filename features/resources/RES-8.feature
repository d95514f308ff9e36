@rule:RES-8 @os:26.0
Feature: RES-8 Other kinds give no GPU
  Refresh, processing and health research give no background GPU.

  Background:
    Given an iPhone with iOS 26.0
    And the app "com.example.app" permits "sync", with the background modes "fetch" and "processing"
    When the person opens the app, which registers "sync" while it launches
    And the app submits a processing request for "sync", and it is accepted

  @trace @conforms
  Scenario: Fails
    When 1 minute later, the person puts the device away, idle and locked, and 2 seconds later the app is suspended
    Then 58 minutes 50 seconds later, the "sync" task is delivered as a processing task, and the app sets its expiration handler
    When 1 second later, the app uses the GPU, and it fails
    And 1 second later, the app completes the "sync" task as a failure, and is suspended
    Then nothing else happens for 1 minute
    And the oracle says that the trace conforms
    And otherwise the oracle would blame the device under RES-8

  @trace @device
  Scenario: A processing task gives background GPU
    When 1 minute later, the person puts the device away, idle and locked, and 2 seconds later the app is suspended
    Then 58 minutes 50 seconds later, the "sync" task is delivered as a processing task, and the app sets its expiration handler
    When 1 second later, the app uses the GPU, and it succeeds
    And 1 second later, the app completes the "sync" task as a success, and is suspended
    Then nothing else happens for 1 minute
    And the oracle blames the device under RES-8

  @run @conforms
  Scenario: On any scheduler: fails
    When 1 minute later, the person puts the device away, idle and locked
    And 58 minutes 52 seconds later, the runner grants a launch of "sync"
    And the app sets the expiration handler of the "sync" task
    And 1 second later, the app uses the GPU
    Then it fails
    When 1 second later, the app completes the "sync" task as a failure
    And 1 minute passes
    Then the oracle says that the trace conforms
