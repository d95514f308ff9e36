@rule:CON-17 @os:18.0
Feature: CON-17 Pending with refresh off
  While Background App Refresh is denied or restricted, or background launches are denied, the pending
  requests may be kept (blocked) or dropped.

  Background:
    Given an iPhone with iOS 18.0
    And the app "com.example.app" permits "sync", with the background modes "fetch" and "processing"
    When the person opens the app, which registers "sync" while it launches
    And the app submits a refresh request for "sync", and it is accepted

  @trace @conforms @scheduler
  Scenario: Kept
    When 1 minute later, the person puts the device away, idle and locked, and 2 seconds later the app is suspended
    And 58 minutes 50 seconds later, the device is now with Background App Refresh off
    And 1 hour later, the device is now in use and unlocked
    And 1 second later, the app comes to the foreground
    And the app asks for the pending requests, and it gets these requests:
      | identifier | kind    |
      | "sync"     | refresh |
    Then nothing else happens for 1 second
    And the oracle says that the trace conforms
    And with pending_kept_when_refresh_off = "no", the oracle blames the scheduler under PEN-1

  @trace @conforms
  Scenario: Dropped
    When 1 minute later, the person puts the device away, idle and locked, and 2 seconds later the app is suspended
    And 58 minutes 50 seconds later, the device is now with Background App Refresh off
    And 1 hour later, the device is now in use and unlocked
    And 1 second later, the app comes to the foreground
    And the app asks for the pending requests, and it gets nothing
    Then nothing else happens for 1 second
    And the oracle says that the trace conforms

  @run @conforms
  Scenario: On any scheduler: kept
    When 1 minute later, the person puts the device away, idle and locked
    And 58 minutes 52 seconds later, the device is now with Background App Refresh off
    And 1 hour later, the device is now in use and unlocked
    And 1 second later, the app comes to the foreground
    And the app asks for the pending requests
    And 1 second passes
    Then the oracle says that the trace conforms
