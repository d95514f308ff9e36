@rule:SUB-28 @os:18.0
Feature: SUB-28 Low power may refuse
  In Low Power Mode a refresh submission may be accepted or fail with unavailable (1): one page says
  that Background App Refresh is disabled then, none names the error.

  Background:
    Given an iPhone with iOS 18.0, in Low Power Mode
    And the app "com.example.app" permits "sync", with the background modes "fetch" and "processing"
    When the person opens the app, which registers "sync" while it launches

  @trace @conforms
  Scenario: Refused in Low Power Mode
    When 1 second later, the app submits a refresh request for "sync", and it is refused with unavailable
    Then nothing else happens for 1 second
    And the oracle says that the trace conforms

  @trace @conforms @scheduler
  Scenario: Accepted in Low Power Mode
    When 1 second later, the app submits a refresh request for "sync", and it is accepted
    And the app asks for the pending requests, and it gets these requests:
      | identifier | kind    |
      | "sync"     | refresh |
    Then nothing else happens for 1 second
    And the oracle says that the trace conforms
    And otherwise the oracle would blame the scheduler under SUB-1
    And with low_power_refuses_submit = "yes", the oracle blames the scheduler under SUB-28

  @run @conforms
  Scenario: On any scheduler: refused in Low Power Mode
    When 1 second later, the app submits a refresh request for "sync"
    Then it is accepted, or it is refused with unavailable
    When 1 second passes
    Then the oracle says that the trace conforms

  @run @conforms
  Scenario: On any scheduler: accepted in Low Power Mode
    When 1 second later, the app submits a refresh request for "sync"
    Then it is accepted, or it is refused with unavailable
    When the app asks for the pending requests
    And 1 second passes
    Then the oracle says that the trace conforms
