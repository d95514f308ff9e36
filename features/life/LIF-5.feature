@rule:LIF-5 @os:18.0
Feature: LIF-5 Pending over update
  Whether pending requests survive an app update is undocumented: one field case kept them (15.4), one
  lost them (2026-03). Where they survive, an identifier that the new version dropped still takes its
  place in the limits, and its launch is LAU-3.

  Background:
    Given an iPhone with iOS 18.0
    And the app "com.example.app" permits "sync", with the background modes "fetch" and "processing"
    When the person opens the app, which registers "sync" while it launches
    And the app submits a processing request for "sync", and it is accepted

  @trace @conforms @scheduler
  Scenario: The request survives
    When 1 minute later, the person puts the device away, idle and locked, and 2 seconds later the app is suspended
    And 58 minutes 50 seconds later, the app is updated
    And 1 minute later, the device is now in use and unlocked
    And 1 second later, the person opens the app, which registers "sync" while it launches
    And the app asks for the pending requests, and it gets these requests:
      | identifier | kind       |
      | "sync"     | processing |
    Then nothing else happens for 1 second
    And the oracle says that the trace conforms
    And with pending_survives_update = "no", the oracle blames the scheduler under PEN-1

  @trace @conforms
  Scenario: The request is gone
    When 1 minute later, the person puts the device away, idle and locked, and 2 seconds later the app is suspended
    And 58 minutes 50 seconds later, the app is updated
    And 1 minute later, the device is now in use and unlocked
    And 1 second later, the person opens the app, which registers "sync" while it launches
    And the app asks for the pending requests, and it gets nothing
    Then nothing else happens for 1 second
    And the oracle says that the trace conforms

  @run @conforms
  Scenario: On any scheduler: the request survives
    When 1 minute later, the person puts the device away, idle and locked
    And 58 minutes 52 seconds later, the app is updated
    And 1 minute later, the device is now in use and unlocked
    And 1 second later, the person opens the app, which registers "sync" while it launches
    And the app asks for the pending requests
    And 1 second passes
    Then the oracle says that the trace conforms
