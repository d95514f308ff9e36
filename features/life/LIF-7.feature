@rule:LIF-7 @os:18.0
Feature: LIF-7 Death ends tasks
  The death of the process ends its tasks; their requests are spent and are not restored. A call open
  at the death took effect before it or not at all.

  Background:
    Given an iPhone with iOS 18.0
    And the app "com.example.app" permits "sync", with the background modes "fetch" and "processing"
    When the person opens the app, which registers "sync" while it launches
    And the app submits a processing request for "sync", and it is accepted

  @trace @conforms
  Scenario: The request is spent
    When 1 minute later, the person puts the device away, idle and locked, and 2 seconds later the app is suspended
    Then 58 minutes 50 seconds later, the "sync" task is delivered as a processing task, and the app sets its expiration handler
    When 9 seconds later, the app crashes
    And 1 minute later, the device is now in use and unlocked
    And 1 second later, the person opens the app, which registers "sync" while it launches
    And the app asks for the pending requests, and it gets nothing
    Then nothing else happens for 1 second
    And the oracle says that the trace conforms
    And otherwise the oracle would blame the scheduler under LIF-7

  @trace @scheduler
  Scenario: The request is back
    When 1 minute later, the person puts the device away, idle and locked, and 2 seconds later the app is suspended
    Then 58 minutes 50 seconds later, the "sync" task is delivered as a processing task, and the app sets its expiration handler
    When 9 seconds later, the app crashes
    And 1 minute later, the device is now in use and unlocked
    And 1 second later, the person opens the app, which registers "sync" while it launches
    And the app asks for the pending requests, and it gets these requests:
      | identifier | kind       |
      | "sync"     | processing |
    Then nothing else happens for 1 second
    And the oracle blames the scheduler under LIF-7

  @run @conforms
  Scenario: On any scheduler: the request is spent
    When 1 minute later, the person puts the device away, idle and locked
    And 58 minutes 52 seconds later, the runner grants a launch of "sync"
    And the app sets the expiration handler of the "sync" task
    And 9 seconds later, the app crashes
    And 1 minute later, the device is now in use and unlocked
    And 1 second later, the person opens the app, which registers "sync" while it launches
    And the app asks for the pending requests
    Then it gets nothing
    When 1 second passes
    Then the oracle says that the trace conforms
