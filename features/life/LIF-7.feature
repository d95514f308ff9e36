@rule:LIF-7 @os:18.0
Feature: LIF-7 Death ends tasks
  The death of the process ends its tasks; their requests are spent and are not restored. A call open
  at the death took effect before it or not at all.

  Background:
    Given an iPhone with iOS 18.0
    And the app "com.example.app"
    And it permits "sync"
    And its background modes: "fetch" and "processing"
    When the person opens the app
    And the app registers a handler for "sync", and it returns true
    And the app finishes launching
    And the app submits a processing request for "sync", and it is accepted
    And 1 minute later, the app leaves the foreground
    And 8 seconds later, the device is now idle and locked

  @trace @conforms
  Scenario: The request is spent
    Then 2 seconds later, the app is suspended
    And 58 minutes 50 seconds later, the "sync" task is delivered as a processing task
    When the app sets the expiration handler of the "sync" task
    And 9 seconds later, the app crashes
    And 1 minute later, the device is now in use and unlocked
    And 1 second later, the person opens the app
    And the app registers a handler for "sync", and it returns true
    And the app finishes launching
    And the app asks for the pending requests, and it gets nothing
    Then nothing else happens for 1 second
    And the oracle says that the trace conforms
    And otherwise the oracle would blame the scheduler under LIF-7

  @trace @scheduler
  Scenario: The request is back
    Then 2 seconds later, the app is suspended
    And 58 minutes 50 seconds later, the "sync" task is delivered as a processing task
    When the app sets the expiration handler of the "sync" task
    And 9 seconds later, the app crashes
    And 1 minute later, the device is now in use and unlocked
    And 1 second later, the person opens the app
    And the app registers a handler for "sync", and it returns true
    And the app finishes launching
    And the app asks for the pending requests, and it gets these requests:
      | identifier | kind       |
      | "sync"     | processing |
    Then nothing else happens for 1 second
    And the oracle blames the scheduler under LIF-7

  @run @conforms
  Scenario: On any scheduler: the request is spent
    When 58 minutes 52 seconds later, the runner grants a launch of "sync"
    And the app sets the expiration handler of the "sync" task
    And 9 seconds later, the app crashes
    And 1 minute later, the device is now in use and unlocked
    And 1 second later, the person opens the app
    And the app registers a handler for "sync"
    And the app finishes launching
    And the app asks for the pending requests
    Then it gets nothing
    When 1 second passes
    Then the oracle says that the trace conforms
