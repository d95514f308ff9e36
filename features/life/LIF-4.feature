@rule:LIF-4 @os:18.0
Feature: LIF-4 Pending over reboot
  Whether pending requests survive a reboot is undocumented. (Processing survived one on 18.7.10.)
  An upgrade of the system is a reboot, and an update too (LIF-5).

  Background:
    Given an iPhone with iOS 18.0
    And the app "com.example.app"
    And it permits "sync"
    And its background modes: "fetch" and "processing"
    When the person opens the app
    And the app registers a handler for "sync", and it returns true
    And the app finishes launching
    And the app submits a processing request for "sync", and it is accepted
    And 1 minute later, the app leaves the foreground
    And 8 seconds later, the device is now idle and locked

  @trace @conforms @scheduler
  Scenario: The request survives
    Then 2 seconds later, the app is suspended
    When 58 minutes 50 seconds later, the device reboots
    And 1 minute later, the device is now unlocked for the first time and unlocked
    And 1 minute later, the person opens the app
    And the app registers a handler for "sync", and it returns true
    And the app finishes launching
    And the app asks for the pending requests, and it gets these requests:
      | identifier | kind       |
      | "sync"     | processing |
    Then nothing else happens for 1 second
    And the oracle says that the trace conforms
    And with pending_survives_reboot = "no", the oracle blames the scheduler under PEN-1

  @trace @conforms
  Scenario: The request is gone
    Then 2 seconds later, the app is suspended
    When 58 minutes 50 seconds later, the device reboots
    And 1 minute later, the device is now unlocked for the first time and unlocked
    And 1 minute later, the person opens the app
    And the app registers a handler for "sync", and it returns true
    And the app finishes launching
    And the app asks for the pending requests, and it gets nothing
    Then nothing else happens for 1 second
    And the oracle says that the trace conforms

  @run @conforms
  Scenario: On any scheduler: the request survives
    When 58 minutes 52 seconds later, the device reboots
    And 1 minute later, the device is now unlocked for the first time and unlocked
    And 1 minute later, the person opens the app
    And the app registers a handler for "sync"
    And the app finishes launching
    And the app asks for the pending requests
    And 1 second passes
    Then the oracle says that the trace conforms
