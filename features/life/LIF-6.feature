@rule:LIF-6 @os:18.0
Feature: LIF-6 Uninstall removes
  Uninstalling removes every request of the app.

  Background:
    Given an iPhone with iOS 18.0
    And the app "com.example.app" permits "sync", with the background modes "fetch" and "processing"
    When the person opens the app, which registers "sync" while it launches
    And the app submits a processing request for "sync", and it is accepted

  @trace @conforms
  Scenario: Nothing is left
    When 1 minute later, the person puts the device away, idle and locked, and 2 seconds later the app is suspended
    And 58 minutes 50 seconds later, the app is removed
    And 1 minute later, the app is installed
    And 1 minute later, the device is now in use and unlocked
    And 1 second later, the person opens the app, which registers "sync" while it launches
    And the app asks for the pending requests, and it gets nothing
    Then nothing else happens for 1 second
    And the oracle says that the trace conforms
    And otherwise the oracle would blame the scheduler under LIF-6

  @trace @scheduler
  Scenario: A request of the removed app is listed
    When 1 minute later, the person puts the device away, idle and locked, and 2 seconds later the app is suspended
    And 58 minutes 50 seconds later, the app is removed
    And 1 minute later, the app is installed
    And 1 minute later, the device is now in use and unlocked
    And 1 second later, the person opens the app, which registers "sync" while it launches
    And the app asks for the pending requests, and it gets these requests:
      | identifier | kind       |
      | "sync"     | processing |
    Then nothing else happens for 1 second
    And the oracle blames the scheduler under LIF-6

  @run @conforms
  Scenario: On any scheduler: nothing is left
    When 1 minute later, the person puts the device away, idle and locked
    And 58 minutes 52 seconds later, the app is removed
    And 1 minute later, the app is installed
    And 1 minute later, the device is now in use and unlocked
    And 1 second later, the person opens the app, which registers "sync" while it launches
    And the app asks for the pending requests
    Then it gets nothing
    When 1 second passes
    Then the oracle says that the trace conforms
