@rule:LIF-13 @os:18.0
Feature: LIF-13 Not suspended while running
  While a task runs and has not expired its process is not suspended. (A continued task on a locked
  device: PRG-9.)

  Background:
    Given an iPhone with iOS 18.0
    And the app "com.example.app" permits "sync", with the background modes "fetch" and "processing"
    When the person opens the app, which registers "sync" while it launches
    And the app submits a processing request for "sync", and it is accepted

  @trace @conforms
  Scenario: Not suspended while it runs
    When 1 minute later, the person puts the device away, idle and locked, and 2 seconds later the app is suspended
    Then 58 minutes 50 seconds later, the "sync" task is delivered as a processing task, and the app sets its expiration handler
    When 1 minute later, the app completes the "sync" task as a success, and is suspended
    Then nothing else happens for 1 minute
    And the oracle says that the trace conforms
    And otherwise the oracle would blame the scheduler under LIF-13

  @trace @scheduler
  Scenario: Suspended while it runs
    When 1 minute later, the person puts the device away, idle and locked, and 2 seconds later the app is suspended
    Then 58 minutes 50 seconds later, the "sync" task is delivered as a processing task, and the app sets its expiration handler
    And 1 minute later, the app is suspended, and nothing else happens for 1 minute
    And the oracle blames the scheduler under LIF-13

  @run @conforms
  Scenario: On any scheduler: not suspended while it runs
    When 1 minute later, the person puts the device away, idle and locked
    And 58 minutes 52 seconds later, the runner grants a launch of "sync"
    Then the "sync" task is delivered as a processing task, and the app sets its expiration handler
    When 1 minute later, the app completes the "sync" task as a success
    And 1 minute passes
    Then the oracle says that the trace conforms
