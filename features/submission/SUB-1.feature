@rule:SUB-1 @os:18.0
Feature: SUB-1 Accepted is pending
  An accepted refresh, processing or health research request is pending until it is launched,
  cancelled, replaced or removed by a LIF rule, CON-17 or CFG-6. It may be submitted from the moment
  its handler is registered, while the app is still launching too.

  Background:
    Given an iPhone with iOS 18.0
    And the app "com.example.app" permits "sync", with the background modes "fetch" and "processing"
    When the person opens the app

  @trace @conforms
  Scenario: Accepted and pending
    When the app registers and submits a refresh request for "sync", and it is accepted
    And the app finishes launching
    And the app asks for the pending requests, and it gets these requests:
      | identifier | kind    |
      | "sync"     | refresh |
    Then nothing else happens for 1 second
    And the oracle says that the trace conforms
    And otherwise the oracle would blame the scheduler under SUB-1

  @trace @scheduler
  Scenario: Refused without a reason
    When the app registers and submits a refresh request for "sync", and it is refused with unavailable
    And the app finishes launching
    Then nothing else happens for 1 second
    And the oracle blames the scheduler under SUB-1

  @run @conforms
  Scenario: On any scheduler: accepted and pending
    When the app registers and submits a refresh request for "sync"
    Then it is accepted
    When the app finishes launching
    And the app asks for the pending requests
    And 1 second passes
    Then the oracle says that the trace conforms
