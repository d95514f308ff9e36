@rule:SUB-26 @os:18.0
Feature: SUB-26 Request defaults
  The defaults are: no network requirement, no power requirement, no begin date, strategy "queue",
  default resources, protection completeUntilFirstUserAuthentication.

  Background:
    Given an iPhone with iOS 18.0
    And the app "com.example.app" permits "sync", with the background modes "fetch" and "processing"
    When the person opens the app, which registers "sync" while it launches
    And the app submits a processing request for "sync", and it is accepted

  @trace @conforms
  Scenario: Listed with the defaults
    When the app asks for the pending requests, and it gets these requests:
      | identifier | kind       |
      | "sync"     | processing |
    Then nothing else happens for 1 second
    And the oracle says that the trace conforms
    And otherwise the oracle would blame the scheduler under SUB-26

  @trace @scheduler
  Scenario: Listed with a network requirement that nobody asked for
    When the app asks for the pending requests, and it gets these requests:
      | identifier | kind       | requiring   |
      | "sync"     | processing | the network |
    Then nothing else happens for 1 second
    And the oracle blames the scheduler under SUB-26

  @run @conforms
  Scenario: On any scheduler: listed with the defaults
    When the app asks for the pending requests
    Then it gets these requests:
      | identifier | kind       |
      | "sync"     | processing |
    When 1 second passes
    Then the oracle says that the trace conforms
