@rule:SUB-14 @os:18.0
Feature: SUB-14 Past date means no delay
  No earliestBeginDate, or one in the past, means no delay. A far one is accepted.

  Background:
    Given an iPhone with iOS 18.0
    And the app "com.example.app" permits "sync", with the background modes "fetch" and "processing"
    When the person opens the app, which registers "sync" while it launches

  @trace @conforms
  Scenario: A far date is accepted
    When the app submits a processing request for "sync", earliest in 5 days, and it is accepted
    And the app asks for the pending requests, and it gets these requests:
      | identifier | kind       | earliest  |
      | "sync"     | processing | in 5 days |
    Then nothing else happens for 1 second
    And the oracle says that the trace conforms
    And otherwise the oracle would blame the scheduler under SUB-14

  @trace @scheduler
  Scenario: A date in the past is refused
    When 1 second later, the app submits a refresh request for "sync", earliest 1 hour ago, and it is refused with unavailable
    Then nothing else happens for 1 second
    And the oracle blames the scheduler under SUB-14

  @run @conforms
  Scenario: On any scheduler: a far date is accepted
    When the app submits a processing request for "sync", earliest in 5 days
    Then it is accepted
    When the app asks for the pending requests
    And 1 second passes
    Then the oracle says that the trace conforms
