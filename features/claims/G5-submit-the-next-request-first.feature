@case:G5 @os:18.5
# Asked: When do I submit the next request?
Feature: G5 Submit the next request first
  A crash during the work leaves a request pending if it was submitted before the work began.

  Background:
    Given an iPhone with iOS 18.5
    And the app "com.example.guide" permits "sync", with the background modes "fetch" and "processing"
    When the person opens the app, which registers "sync" while it launches
    And the app submits a refresh request for "sync", earliest in 15 minutes, and it is accepted

  @trace @rule:LIF-1 @rule:LIF-7 @rule:SUB-8 @conforms
  Scenario: Crashes right after
    The crash ends the task, and the request that its handler had submitted stays and is launched.

    When 59 seconds later, the person puts the device away, idle and locked, and 2 seconds later the app is suspended
    Then 58 minutes 50 seconds later, the "sync" task is delivered as a refresh task, and the app sets its expiration handler and submits a refresh request for "sync", earliest in 2 hours, and it is accepted
    When the app crashes
    Then 3 hours later, the app is launched in the background, for "sync", and registers "sync" while it launches
    And the 2nd "sync" task is delivered as a refresh task, and the app sets its expiration handler and submits a refresh request for "sync", earliest in 2 hours, and it is accepted
    When 4 seconds later, the app completes the 2nd "sync" task as a success, and is suspended
    Then nothing else happens for 1 minute
    And the oracle says that the trace conforms
    And the oracle advises REG-13
    And otherwise the oracle would blame the scheduler under SUB-8
    And otherwise the oracle would blame the scheduler under LIF-7

  @trace @rule:LIF-7 @conforms
  Scenario: Crashes before
    The crash comes before the next submission: the request was spent, and nothing is pending.

    When 59 seconds later, the person puts the device away, idle and locked, and 2 seconds later the app is suspended
    Then 58 minutes 50 seconds later, the "sync" task is delivered as a refresh task, and the app sets its expiration handler
    When the app crashes
    And 23 hours later, the device is now in use and unlocked
    And 1 second later, the person opens the app, which registers "sync" while it launches
    And the app asks for the pending requests, and it gets nothing
    Then nothing else happens for 1 minute
    And the oracle says that the trace conforms
    And the oracle advises REG-13
    And otherwise the oracle would blame the scheduler under LIF-7

  @run @conforms
  Scenario: On any scheduler: crashes before
    When 59 seconds later, the person puts the device away, idle and locked
    And 58 minutes 52 seconds later, the runner grants a launch of "sync"
    Then the "sync" task is delivered as a refresh task, and the app sets its expiration handler
    When the app crashes
    And 23 hours later, the device is now in use and unlocked
    And 1 second later, the person opens the app, which registers "sync" while it launches
    And the app asks for the pending requests
    And 1 minute passes
    Then the oracle says that the trace conforms
    And the oracle advises REG-13
