@rule:LAU-4 @os:18.0
Feature: LAU-4 One launch several tasks
  One launch may deliver several tasks, in any order, running side by side.

  Background:
    Given an iPhone with iOS 18.0
    And the app "com.example.app"
    And it permits "sync" and "clean"
    And its background modes: "fetch" and "processing"
    When the person opens the app
    And the app registers a handler for "sync", and it returns true
    And the app registers a handler for "clean", and it returns true
    And the app finishes launching
    And 1 second later, the app submits a refresh request for "sync", and it is accepted
    And the app submits a processing request for "clean", and it is accepted
    And 59 seconds later, the app leaves the foreground
    And 8 seconds later, the device is now idle and locked

  @trace @conforms
  Scenario: Both in one launch
    Then 2 seconds later, the app is suspended
    When 28 minutes 50 seconds later, memory runs short and the app is killed
    Then 30 minutes later, the app is launched in the background, for "sync" and "clean"
    When the app registers a handler for "sync", and it returns true
    And the app registers a handler for "clean", and it returns true
    And the app finishes launching
    Then the "clean" task is delivered as a processing task
    When the app sets the expiration handler of the "clean" task
    Then the "sync" task is delivered as a refresh task
    When the app sets the expiration handler of the "sync" task
    And the app submits a refresh request for "sync", earliest in 4 hours, and it is accepted
    And 5 seconds later, the app completes the "sync" task as a success
    And 9 seconds later, the app completes the "clean" task as a success
    Then the app is suspended
    And nothing else happens for 1 minute
    And the oracle says that the trace conforms

  @trace @conforms
  Scenario: Both in one launch, the other way round
    Then 2 seconds later, the app is suspended
    When 28 minutes 50 seconds later, memory runs short and the app is killed
    Then 30 minutes later, the app is launched in the background, for "sync" and "clean"
    When the app registers a handler for "sync", and it returns true
    And the app registers a handler for "clean", and it returns true
    And the app finishes launching
    Then the "sync" task is delivered as a refresh task
    When the app sets the expiration handler of the "sync" task
    Then the "clean" task is delivered as a processing task
    When the app sets the expiration handler of the "clean" task
    And the app submits a refresh request for "sync", earliest in 4 hours, and it is accepted
    And 5 seconds later, the app completes the "sync" task as a success
    And 9 seconds later, the app completes the "clean" task as a success
    Then the app is suspended
    And nothing else happens for 1 minute
    And the oracle says that the trace conforms
