@rule:CAN-5 @os:18.0
Feature: CAN-5 Cancelled can be submitted again
  After a cancel the identifier can be submitted again, with nothing left of the old request.

  Background:
    Given an iPhone with iOS 18.0
    And the app "com.example.app" permits "sync", with the background modes "fetch" and "processing"
    When the person opens the app, which registers "sync" while it launches
    And the app submits a processing request for "sync", earliest in 1 hour, requiring the network, and it is accepted
    And the app cancels "sync"
    And the app submits a processing request for "sync", earliest in 2 hours, and it is accepted

  @trace @conforms
  Scenario: Nothing is left of the old request
    When the app asks for the pending requests, and it gets these requests:
      | identifier | kind       | earliest   |
      | "sync"     | processing | in 2 hours |
    Then nothing else happens for 1 second
    And the oracle says that the trace conforms
    And otherwise the oracle would blame the scheduler under CAN-5

  @trace @scheduler
  Scenario: The old attributes are back
    When the app asks for the pending requests, and it gets these requests:
      | identifier | kind       | earliest  | requiring   |
      | "sync"     | processing | in 1 hour | the network |
    Then nothing else happens for 1 second
    And the oracle blames the scheduler under CAN-5

  @run @conforms
  Scenario: On any scheduler: nothing is left of the old request
    When the app asks for the pending requests
    Then it gets these requests:
      | identifier | kind       | earliest   |
      | "sync"     | processing | in 2 hours |
    When 1 second passes
    Then the oracle says that the trace conforms
