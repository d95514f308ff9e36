@rule:LAU-9 @os:18.0
Feature: LAU-9 No launch without request
  Nothing is launched without an outstanding request: none from a refused submission, a cancelled or a
  replaced request.

  Background:
    Given an iPhone with iOS 18.0
    And the app "com.example.app"
    And it permits "sync"
    And its background modes: "fetch" and "processing"
    When the person opens the app
    And the app registers a handler for "sync", and it returns true
    And the app finishes launching

  @trace @conforms
  Scenario: Never launched
    When the app submits a refresh request for "sync", and it is accepted
    And the app cancels "sync"
    And 1 minute later, the app leaves the foreground
    And 8 seconds later, the device is now idle and locked
    Then 2 seconds later, the app is suspended
    And nothing else happens for 23 hours 58 minutes 50 seconds
    And the oracle says that the trace conforms
    And otherwise the oracle would blame the scheduler under LAU-9

  @trace @scheduler
  Scenario: Launched after its cancel
    When the app submits a processing request for "sync", and it is accepted
    And the app cancels "sync"
    And 1 minute later, the app leaves the foreground
    And 8 seconds later, the device is now idle and locked
    Then 2 seconds later, the app is suspended
    And 58 minutes 50 seconds later, the "sync" task is delivered as a processing task
    When the app sets the expiration handler of the "sync" task
    And 4 seconds later, the app completes the "sync" task as a success
    Then the app is suspended
    And nothing else happens for 1 minute
    And the oracle blames the scheduler under LAU-9

  @run @conforms
  Scenario: On any scheduler: never launched
    When the app submits a refresh request for "sync"
    Then it is accepted
    When the app cancels "sync"
    And 1 minute later, the app leaves the foreground
    And 8 seconds later, the device is now idle and locked
    And 23 hours 58 minutes 52 seconds pass
    Then nothing is delivered
    And the oracle says that the trace conforms
