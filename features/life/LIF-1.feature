@rule:LIF-1 @os:18.0
Feature: LIF-1 Pending survives process
  Pending requests survive backgrounding, suspension, a crash and the end of the process. (Force-quit:
  LIF-11; reboot: LIF-4; update: LIF-5.)

  Background:
    Given an iPhone with iOS 18.0
    And the app "com.example.app" permits "sync", with the background modes "fetch" and "processing"
    When the person opens the app, which registers "sync" while it launches
    And the app submits a processing request for "sync", and it is accepted
    And 1 second later, the app crashes
    And 1 second later, the person opens the app, which registers "sync" while it launches

  @trace @conforms
  Scenario: The request outlives the crash
    When the app asks for the pending requests, and it gets these requests:
      | identifier | kind       |
      | "sync"     | processing |
    Then nothing else happens for 1 second
    And the oracle says that the trace conforms
    And otherwise the oracle would blame the scheduler under LIF-1

  @trace @scheduler
  Scenario: The request is gone with the process
    When the app asks for the pending requests, and it gets nothing
    Then nothing else happens for 1 second
    And the oracle blames the scheduler under LIF-1

  @run @conforms
  Scenario: On any scheduler: the request outlives the crash
    When the app asks for the pending requests
    Then it gets these requests:
      | identifier | kind       |
      | "sync"     | processing |
    When 1 second passes
    Then the oracle says that the trace conforms
