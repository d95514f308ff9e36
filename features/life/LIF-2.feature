@rule:LIF-2 @os:18.0
Feature: LIF-2 Death leaves eligible
  A crash, memory pressure or a system kill leaves the app eligible for background launches.

  Background:
    Given an iPhone with iOS 18.0
    And the app "com.example.app" permits "sync", with the background modes "fetch" and "processing"
    And the runner decides when a request is launched
    When the person opens the app, which registers "sync" while it launches
    And the app submits a processing request for "sync", and it is accepted

  @trace @conforms
  Scenario: Launched after the crash
    When 1 second later, the app crashes
    And 1 second later, the device is now idle and locked
    And 1 hour later, the runner grants a launch of "sync"
    Then the app is launched in the background, for "sync", and registers "sync" while it launches
    And the "sync" task is delivered as a processing task, and the app sets its expiration handler
    When 4 seconds later, the app completes the "sync" task as a success, and is suspended
    Then nothing else happens for 1 minute
    And the oracle says that the trace conforms
    And otherwise the oracle would blame the scheduler under LIF-2

  @trace @scheduler
  Scenario: Granted after the crash and not launched
    When 1 second later, the app crashes
    And 1 second later, the device is now idle and locked
    And 1 hour later, the runner grants a launch of "sync"
    And 1 minute passes
    Then nothing else happens for 1 minute
    And the oracle blames the scheduler under LIF-2

  @run @conforms
  Scenario Outline: A grant after the process died: <how>
    When 1 minute later, the app leaves the foreground
    And the device is now idle and locked
    And <what happens>
    And 1 hour later, the runner grants a launch of "sync"
    Then the app is launched in the background
    When the app registers a handler for "sync"
    And the app finishes launching
    And 61 seconds pass
    Then the "sync" task is delivered as a processing task
    And the oracle says that the trace conforms

    Examples:
      | how             | what happens                            |
      | a crash         | the app crashes                         |
      | memory pressure | memory runs short and the app is killed |
