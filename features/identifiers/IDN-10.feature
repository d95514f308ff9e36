@rule:IDN-10 @os:26.0
Feature: IDN-10 Exact entry permits every kind
  An exact entry permits its identifier for every kind, whatever wildcards also cover it.

  Background:
    Given an iPhone with iOS 26.0
    And the app "com.example.app" permits "sync.*" and "sync.1", with the background modes "fetch" and "processing"
    When the person opens the app, which registers "sync.1" while it launches

  @trace @conforms
  Scenario: The exact entry permits every kind
    When 1 second later, the app submits a refresh request for "sync.1", and it is accepted
    And the app asks for the pending requests, and it gets these requests:
      | identifier | kind    |
      | "sync.1"   | refresh |
    Then nothing else happens for 1 second
    And the oracle says that the trace conforms
    And otherwise the oracle would blame the scheduler under IDN-10

  @trace @scheduler
  Scenario: The exact entry permits every kind, and refresh is refused
    When 1 second later, the app submits a refresh request for "sync.1", and it is refused with notPermitted
    Then nothing else happens for 1 second
    And the oracle blames the scheduler under IDN-10

  @run @conforms
  Scenario: On any scheduler: the exact entry permits every kind
    When 1 second later, the app submits a refresh request for "sync.1"
    Then it is accepted
    When the app asks for the pending requests
    And 1 second passes
    Then the oracle says that the trace conforms
