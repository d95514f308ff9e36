@rule:CON-7 @os:18.0
Feature: CON-7 No refresh in low power
  In Low Power Mode no refresh request is launched.

  Background:
    Given an iPhone with iOS 18.0
    And the app "com.example.app" permits "sync", with the background modes "fetch" and "processing"
    When the person opens the app, which registers "sync" while it launches
    And the app submits a refresh request for "sync", and it is accepted

  @trace @conforms
  Scenario: No refresh is launched
    When 1 minute later, the person puts the device away, idle and locked, and 2 seconds later the app is suspended
    And 58 minutes 50 seconds later, the device is now in Low Power Mode
    Then nothing else happens for 23 hours
    And the oracle says that the trace conforms
    And otherwise the oracle would blame the scheduler under CON-7

  @trace @conforms @scheduler
  Scenario: A refresh is launched in Low Power Mode
    Seen on devices.

    When 1 minute later, the person puts the device away, idle and locked, and 2 seconds later the app is suspended
    And 58 minutes 50 seconds later, the device is now in Low Power Mode
    Then 1 hour later, the "sync" task is delivered as a refresh task, and the app sets its expiration handler and submits a refresh request for "sync", earliest in 2 hours, and it is accepted
    When 4 seconds later, the app completes the "sync" task as a success, and is suspended
    Then nothing else happens for 1 minute
    And in the contract profile, the oracle blames the scheduler under CON-7
    And in the field profile, the oracle says that the trace conforms
    And in the field profile, with low_power_blocks_refresh = "yes", the oracle blames the scheduler under CON-7

  @run @conforms
  Scenario: On any scheduler: no refresh is launched
    When 1 minute later, the person puts the device away, idle and locked
    And 58 minutes 52 seconds later, the device is now in Low Power Mode
    And 1 hour later, the runner grants a launch of "sync", and 22 hours pass
    Then in the contract profile, nothing is delivered
    And the oracle says that the trace conforms
