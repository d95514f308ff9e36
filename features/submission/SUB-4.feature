@rule:SUB-4 @os:18.0
Feature: SUB-4 Replaces outstanding
  Submitting an identifier that is outstanding replaces that request with all of its attributes, the
  kind and earliestBeginDate included; there is still one request. A replacement by the same kind
  meets no limit; one by another kind counts against the limit of that kind and, if refused, leaves
  the old request as it was (SUB-9). A waiting continued request may keep its place or go to the back.

  Background:
    Given an iPhone with iOS 18.0
    And the app "com.example.app" permits "sync", with the background modes "fetch" and "processing"
    When the person opens the app, which registers "sync" while it launches
    And the app submits a refresh request for "sync", earliest in 1 hour, and it is accepted

  @trace @conforms
  Scenario: One request, as last submitted, its kind included
    When the app asks for the pending requests, and it gets these requests:
      | identifier | kind    | earliest  |
      | "sync"     | refresh | in 1 hour |
    And 1 second later, the app submits a processing request for "sync", earliest in 2 hours, requiring the network, and it is accepted
    And the app asks for the pending requests, and it gets these requests:
      | identifier | kind       | earliest   | requiring   |
      | "sync"     | processing | in 2 hours | the network |
    Then nothing else happens for 1 second
    And the oracle says that the trace conforms
    And otherwise the oracle would blame the scheduler under SUB-4

  @trace @scheduler
  Scenario: The list shows the request that was replaced
    When the app asks for the pending requests, and it gets these requests:
      | identifier | kind    | earliest  |
      | "sync"     | refresh | in 1 hour |
    And 1 second later, the app submits a processing request for "sync", earliest in 2 hours, requiring the network, and it is accepted
    And the app asks for the pending requests, and it gets these requests:
      | identifier | kind    | earliest                 |
      | "sync"     | refresh | in 59 minutes 59 seconds |
    Then nothing else happens for 1 second
    And the oracle blames the scheduler under SUB-4

  @run @conforms
  Scenario: On any scheduler: one request, as last submitted, its kind included
    When the app asks for the pending requests
    And 1 second later, the app submits a processing request for "sync", earliest in 2 hours, requiring the network
    And the app asks for the pending requests
    Then it gets these requests:
      | identifier | kind       | earliest   | requiring   |
      | "sync"     | processing | in 2 hours | the network |
    When 1 second passes
    Then the oracle says that the trace conforms
