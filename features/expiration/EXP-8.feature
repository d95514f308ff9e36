@rule:EXP-8 @os:18.0
Feature: EXP-8 Tasks of launch expire together
  The time is given to the launch, not to the task: tasks of one launch may expire together, at any
  moment that one of them may.

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
  Scenario: Both tasks of the launch expire together
    Then 2 seconds later, the app is suspended
    When 28 minutes 50 seconds later, memory runs short and the app is killed
    Then 30 minutes later, the app is launched in the background, for "sync" and "clean"
    When the app registers a handler for "sync", and it returns true
    And the app registers a handler for "clean", and it returns true
    And the app finishes launching
    Then the "sync" task is delivered as a refresh task
    When the app sets the expiration handler of the "sync" task
    And the app submits a refresh request for "sync", earliest in 4 hours, and it is accepted
    Then the "clean" task is delivered as a processing task
    When the app sets the expiration handler of the "clean" task
    Then 25 seconds later, the "sync" task is expired
    And the "clean" task is expired
    When the app completes the "sync" task as a failure
    And the app completes the "clean" task as a failure
    Then the app is suspended
    And nothing else happens for 1 minute
    And the oracle says that the trace conforms

  @trace @conforms
  Scenario: The refresh expires, the other task goes on for minutes
    Then 2 seconds later, the app is suspended
    When 28 minutes 50 seconds later, memory runs short and the app is killed
    Then 30 minutes later, the app is launched in the background, for "sync" and "clean"
    When the app registers a handler for "sync", and it returns true
    And the app registers a handler for "clean", and it returns true
    And the app finishes launching
    Then the "sync" task is delivered as a refresh task
    When the app sets the expiration handler of the "sync" task
    And the app submits a refresh request for "sync", earliest in 4 hours, and it is accepted
    Then the "clean" task is delivered as a processing task
    When the app sets the expiration handler of the "clean" task
    Then 25 seconds later, the "sync" task is expired
    When the app completes the "sync" task as a failure
    Then 4 minutes later, the "clean" task is expired
    When the app completes the "clean" task as a failure
    Then the app is suspended
    And nothing else happens for 1 minute
    And the oracle says that the trace conforms
