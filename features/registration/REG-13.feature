@rule:REG-13 @os:18.0
Feature: REG-13 Handler off the main thread
  A handler registered without a queue is called on a background queue of the scheduler's (REG-9): it
  is not confined to the main actor, and no object of the main thread is touched in it. (Where it is,
  the process traps within milliseconds of each delivery.) Reported where the process crashes within
  a second of a delivery and the registration gave no queue; SwiftUI's `.backgroundTask` is excepted.

  Background:
    Given an iPhone with iOS 18.0
    And the app "com.example.app" permits "sync", with the background modes "fetch" and "processing"

  @trace @conforms
  Scenario: Without a queue, and it crashes as the handler is called
    When the person opens the app
    And the app registers a handler for "sync", and it returns true
    And the app finishes launching
    And the app submits a refresh request for "sync", and it is accepted
    And 1 minute later, the app leaves the foreground
    Then 59 minutes later, the "sync" task is delivered as a refresh task
    When 2 ms later, the app crashes
    Then nothing else happens for 1 minute
    And the oracle says that the trace conforms
    And the oracle advises REG-13

  @trace @conforms
  Scenario: On a queue of its own, and it crashes as the handler is called
    When the person opens the app, which registers "sync" on the queue "work" while it launches
    And the app submits a refresh request for "sync", and it is accepted
    And 1 minute later, the app leaves the foreground
    Then 59 minutes later, the "sync" task is delivered as a refresh task
    When 2 ms later, the app crashes
    Then nothing else happens for 1 minute
    And the oracle says that the trace conforms

  @trace @conforms
  Scenario: Without a queue, and it crashes when the work has begun long since
    When the person opens the app
    And the app registers a handler for "sync", and it returns true
    And the app finishes launching
    And the app submits a refresh request for "sync", and it is accepted
    And 1 minute later, the app leaves the foreground
    Then 59 minutes later, the "sync" task is delivered as a refresh task
    When 2 seconds later, the app crashes
    Then nothing else happens for 1 minute
    And the oracle says that the trace conforms
