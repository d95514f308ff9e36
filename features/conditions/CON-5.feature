@rule:CON-5 @os:18.0
Feature: CON-5 Nothing before first unlock
  Nothing is launched between a boot and the first unlock. A device without a passcode has no first
  unlock to wait for.

  Background:
    Given an iPhone with iOS 18.0
    And the app "com.example.app" permits "sync", with the background modes "fetch" and "processing"
    When the person opens the app, which registers "sync" while it launches
    And the app submits a refresh request for "sync", and it is accepted

  @trace @conforms
  Scenario: Nothing is launched before the first unlock
    When 1 minute later, the person puts the device away, idle and locked, and 2 seconds later the app is suspended
    And 58 minutes 50 seconds later, the device reboots, and 2 hours later it is unlocked for the first time
    Then nothing else happens for 1 minute
    And the oracle says that the trace conforms
    And otherwise the oracle would blame the scheduler under CON-5

  @trace @scheduler
  Scenario: Launched before the first unlock
    When 1 minute later, the person puts the device away, idle and locked, and 2 seconds later the app is suspended
    And 58 minutes 50 seconds later, the device reboots
    Then 2 hours later, the app is launched in the background, for "sync", and registers "sync" while it launches
    And the "sync" task is delivered as a refresh task, and the app sets its expiration handler and submits a refresh request for "sync", earliest in 2 hours, and it is accepted
    When 4 seconds later, the app completes the "sync" task as a success, and is suspended
    Then nothing else happens for 1 minute
    And the oracle blames the scheduler under CON-5

  @run @conforms
  Scenario: On any scheduler: nothing is launched before the first unlock
    When 1 minute later, the person puts the device away, idle and locked
    And 58 minutes 52 seconds later, the device reboots
    And 1 hour later, the runner grants a launch of "sync"
    Then nothing is delivered
    When 1 hour later, the device is now unlocked for the first time and unlocked
    And 1 minute passes
    Then the oracle says that the trace conforms
