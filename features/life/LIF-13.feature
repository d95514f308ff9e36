@rule:LIF-13 @os:18.0
Feature: LIF-13 Not suspended while running
  While a task runs and has not expired its process is not suspended. (A continued task on a locked
  device: PRG-9.)

  Background:
    Given an iPhone with iOS 18.0
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
  Scenario: Not suspended while it runs
    Then 2 seconds later, the app is suspended
    And 58 minutes 50 seconds later, the "sync" task is delivered as a processing task
    When the app sets the expiration handler of the "sync" task
    And 1 minute later, the app completes the "sync" task as a success
    Then the app is suspended
    And nothing else happens for 1 minute
    And the oracle says that the trace conforms
    And otherwise the oracle would blame the scheduler under LIF-13

  @trace @scheduler
  Scenario: Suspended while it runs
    Then 2 seconds later, the app is suspended
    And 58 minutes 50 seconds later, the "sync" task is delivered as a processing task
    When the app sets the expiration handler of the "sync" task
    Then 1 minute later, the app is suspended
    And nothing else happens for 1 minute
    And the oracle blames the scheduler under LIF-13

  @run @conforms
  Scenario: On any scheduler: not suspended while it runs
    When 58 minutes 52 seconds later, the runner grants a launch of "sync"
    Then the "sync" task is delivered as a processing task
    When the app sets the expiration handler of the "sync" task
    And 1 minute later, the app completes the "sync" task as a success
    And 1 minute passes
    Then the oracle says that the trace conforms
