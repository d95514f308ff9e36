@rule:LIF-4 @os:18.0
Feature: LIF-4 Pending over reboot
  Whether pending requests survive a reboot is undocumented. (Processing survived one on 18.7.10.)
  An upgrade of the system is a reboot, and an update too (LIF-5).

  Background:
    Given an iPhone with iOS 18.0
    And the app "com.example.app" permits "sync", with the background modes "fetch" and "processing"
    When the person opens the app, which registers "sync" while it launches
    And the app submits a processing request for "sync", and it is accepted

  @trace @conforms @scheduler
  Scenario: The request survives
    When 1 minute later, the person puts the device away, idle and locked, and 2 seconds later the app is suspended
    And 58 minutes 50 seconds later, the device reboots, and 1 minute later it is unlocked for the first time
    And 1 minute later, the person opens the app, which registers "sync" while it launches
    And the app asks for the pending requests, and it gets these requests:
      | identifier | kind       |
      | "sync"     | processing |
    Then nothing else happens for 1 second
    And the oracle says that the trace conforms
    And with pending_survives_reboot = "no", the oracle blames the scheduler under PEN-1

  @trace @conforms
  Scenario: The request is gone
    When 1 minute later, the person puts the device away, idle and locked, and 2 seconds later the app is suspended
    And 58 minutes 50 seconds later, the device reboots, and 1 minute later it is unlocked for the first time
    And 1 minute later, the person opens the app, which registers "sync" while it launches
    And the app asks for the pending requests, and it gets nothing
    Then nothing else happens for 1 second
    And the oracle says that the trace conforms

  @run @conforms
  Scenario: On any scheduler: the request survives
    When 1 minute later, the person puts the device away, idle and locked
    And 58 minutes 52 seconds later, the device reboots, and 1 minute later it is unlocked for the first time
    And 1 minute later, the person opens the app, which registers "sync" while it launches
    And the app asks for the pending requests
    And 1 second passes
    Then the oracle says that the trace conforms
