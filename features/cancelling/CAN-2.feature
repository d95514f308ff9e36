@rule:CAN-2 @os:18.0
Feature: CAN-2 Cancel all removes every
  Cancelling all removes every outstanding request of the app, of every kind and of its extensions.

  Background:
    Given an iPhone with iOS 18.0
    And the app "com.example.app"
    And it permits "sync" and "clean"
    And its background modes: "fetch" and "processing"

  @trace
  Scenario: Nothing is left
    When the person opens the app
    And the app registers a handler for "sync", and it returns true
    And the app registers a handler for "clean", and it returns true
    And the app finishes launching
    And 1 second later, the app submits a refresh request for "sync", and it is accepted
    And the app submits a processing request for "clean", and it is accepted
    And the app cancels every request
    And the app asks for the pending requests, and it gets nothing
    Then nothing else happens for 1 second
    And the oracle says that the trace conforms
    And otherwise the oracle would blame the scheduler under CAN-2

  @trace
  Scenario: The processing request is left
    When the person opens the app
    And the app registers a handler for "sync", and it returns true
    And the app registers a handler for "clean", and it returns true
    And the app finishes launching
    And 1 second later, the app submits a refresh request for "sync", and it is accepted
    And the app submits a processing request for "clean", and it is accepted
    And the app cancels every request
    And the app asks for the pending requests, and it gets these requests:
      | identifier | kind       |
      | "clean"    | processing |
    Then nothing else happens for 1 second
    And the oracle blames the scheduler under CAN-2

  @run
  Scenario: Played: nothing is left
    When the person opens the app
    And the app registers a handler for "sync"
    And the app registers a handler for "clean"
    And the app finishes launching
    And 1 second later, the app submits a refresh request for "sync"
    And the app submits a processing request for "clean"
    And the app cancels every request
    And the app asks for the pending requests
    And 1 second passes
    Then the oracle says that the trace conforms
