@rule:SUB-22 @os:26.0
Feature: SUB-22 Refused with launches denied
  A user's explicit denial of background launches for the app makes a submission of any kind fail with
  notPermitted (3); from 27.0 unavailable (1) is allowed too. Before 26.0 there is no such denial.

  Background:
    Given an iPhone with iOS 26.0, with background launches denied
    And the app "com.example.app" permits "sync", with the background modes "fetch" and "processing"
    When the person opens the app, which registers "sync" while it launches

  @trace @conforms
  Scenario: Refused with notPermitted
    When 1 second later, the app submits a refresh request for "sync", and it is refused with notPermitted
    Then nothing else happens for 1 second
    And the oracle says that the trace conforms

  @trace @scheduler
  Scenario: Accepted and listed although background launches are denied
    When 1 second later, the app submits a refresh request for "sync", and it is accepted
    And the app asks for the pending requests, and it gets these requests:
      | identifier | kind    |
      | "sync"     | refresh |
    Then nothing else happens for 1 second
    And the oracle blames the scheduler under SUB-22

  @run @conforms
  Scenario: On any scheduler: refused with notPermitted
    When 1 second later, the app submits a refresh request for "sync"
    Then it is refused with notPermitted
    When 1 second passes
    Then the oracle says that the trace conforms
