@rule:CAN-1 @os:18.0
Feature: CAN-1 Cancel removes
  Cancelling an identifier removes its outstanding request, pending or waiting: it is no longer listed
  and never launched. An identifier without one is a no-op without an error.

  Background:
    Given an iPhone with iOS 18.0
    And the app "com.example.app"
    And it permits "sync"
    And its background modes: "fetch" and "processing"

  @trace
  Scenario: No longer listed
    When the person opens the app
    And the app registers a handler for "sync", and it returns true
    And the app finishes launching
    And the app submits a refresh request for "sync", and it is accepted
    And the app cancels "sync"
    And the app asks for the pending requests, and it gets nothing
    Then nothing else happens for 1 second
    And the oracle says that the trace conforms
    And otherwise the oracle would blame the scheduler under CAN-1

  @trace
  Scenario: Cancelled and still listed
    When the person opens the app
    And the app registers a handler for "sync", and it returns true
    And the app finishes launching
    And the app submits a refresh request for "sync", and it is accepted
    And the app cancels "sync"
    And the app asks for the pending requests, and it gets these requests:
      | identifier | kind    |
      | "sync"     | refresh |
    Then nothing else happens for 1 second
    And the oracle blames the scheduler under CAN-1

  @run
  Scenario: Played: no longer listed
    When the person opens the app
    And the app registers a handler for "sync"
    And the app finishes launching
    And the app submits a refresh request for "sync"
    And the app cancels "sync"
    And the app asks for the pending requests
    And 1 second passes
    Then the oracle says that the trace conforms
