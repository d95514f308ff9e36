@rule:LIF-11 @os:18.0
Feature: LIF-11 Force quit may drop refresh
  Whether a force-quit drops the pending requests of a kind that it blocks (refresh, and processing
  where CON-10 blocks it) or only holds them back is undocumented.

  Background:
    Given an iPhone with iOS 18.0
    And the app "com.example.app" permits "sync", with the background modes "fetch" and "processing"
    When the person opens the app, which registers "sync" while it launches
    And the app submits a refresh request for "sync", and it is accepted
    And 1 minute later, the person puts the device away, idle and locked, and 2 seconds later the app is suspended
    And 3 minutes 50 seconds later, the person force-quits the app
    And 55 minutes later, the device is now in use and unlocked
    And 1 second later, the person opens the app, which registers "sync" while it launches

  @trace @conforms
  Scenario: Dropped
    When the app asks for the pending requests, and it gets nothing
    Then nothing else happens for 1 second
    And the oracle says that the trace conforms

  @trace @conforms @scheduler
  Scenario: Held back
    When the app asks for the pending requests, and it gets these requests:
      | identifier | kind    |
      | "sync"     | refresh |
    Then nothing else happens for 1 second
    And the oracle says that the trace conforms
    And with force_quit_drops_refresh = "yes", the oracle blames the scheduler under PEN-1
