@rule:IDN-7 @os:26.0
Feature: IDN-7 Wildcard for other kinds
  A refresh, processing or health research request under an identifier that only a wildcard covers is
  refused with notPermitted (3) or accepted: wildcards are described for continued processing only, a
  refusal is not.

  Background:
    Given an iPhone with iOS 26.0
    And the app "com.example.app" permits "sync.*", with the background modes "fetch" and "processing"
    When the person opens the app, which registers "sync.1" while it launches

  @trace @conforms
  Scenario: Wildcards are for continued processing
    When 1 second later, the app submits a refresh request for "sync.1", and it is refused with notPermitted
    Then nothing else happens for 1 second
    And the oracle says that the trace conforms

  @trace @conforms @scheduler
  Scenario: A refresh request under a wildcard entry is accepted
    When 1 second later, the app submits a refresh request for "sync.1", and it is accepted
    And the app asks for the pending requests, and it gets these requests:
      | identifier | kind    |
      | "sync.1"   | refresh |
    Then nothing else happens for 1 second
    And the oracle says that the trace conforms
    And otherwise the oracle would blame the scheduler under SUB-1
    And with wildcard_for_other_kinds = "refused", the oracle blames the scheduler under IDN-7

  @run @conforms
  Scenario: On any scheduler: wildcards are for continued processing
    When 1 second later, the app submits a refresh request for "sync.1"
    Then it is accepted, or it is refused with notPermitted
    When 1 second passes
    Then the oracle says that the trace conforms

  @run @conforms
  Scenario: On any scheduler: a refresh request under a wildcard entry is accepted
    When 1 second later, the app submits a refresh request for "sync.1"
    Then it is accepted, or it is refused with notPermitted
    When the app asks for the pending requests
    And 1 second passes
    Then the oracle says that the trace conforms
