@rule:CON-10 @os:18.0
Feature: CON-10 Processing after force quit
  Between a force-quit and the user's next launch (a reboot: LIF-3) processing (and health research)
  is not launched where the setting says "blocked", and may be where it says "allowed". Staff called
  it intended for 18.3 to 18.5; it was reported in March 2024 already; staff text of 2019 to 2022 says
  blocked. The first version is not known: "allowed" is taken from 17.0.

  Background:
    Given an iPhone with iOS 18.0
    And the app "com.example.app" permits "sync", with the background modes "fetch" and "processing"
    When the person opens the app, which registers "sync" while it launches
    And the app submits a processing request for "sync", and it is accepted
    And 1 minute later, the person puts the device away, idle and locked, and 2 seconds later the app is suspended
    And 3 minutes 50 seconds later, the person force-quits the app

  @trace @conforms
  Scenario: Processing is not launched
    Then nothing else happens for 23 hours 55 minutes
    And the oracle says that the trace conforms

  @trace @conforms @scheduler
  Scenario: Processing is launched
    Before 17 it is blocked.

    Then 55 minutes later, the app is launched in the background, for "sync", and registers "sync" while it launches
    And the "sync" task is delivered as a processing task, and the app sets its expiration handler
    When 4 seconds later, the app completes the "sync" task as a success, and is suspended
    Then nothing else happens for 1 minute
    And the oracle says that the trace conforms
    And on iOS 16.0, the oracle blames the scheduler under CON-10
