@case:G5 @os:18.5
# Asked: When do I submit the next request?
Feature: G5 Submit the next request first
  A crash during the work leaves a request pending if it was submitted before the work began.

  Background:
    Given an iPhone with iOS 18.5
    And the app "com.example.guide"
    And it permits "sync"
    And its background modes: "fetch" and "processing"
    When the person opens the app
    And the app registers a handler for "sync", and it returns true
    And the app finishes launching
    And the app submits a refresh request for "sync", earliest in 15 minutes, and it is accepted
    And 59 seconds later, the app leaves the foreground
    And 8 seconds later, the device is now idle and locked

  @trace @rule:LIF-1 @rule:LIF-7 @rule:SUB-8 @conforms
  Scenario: Crashes right after
    The crash ends the task, and the request that its handler had submitted stays and is launched.

    Then 2 seconds later, the app is suspended
    And 58 minutes 50 seconds later, the "sync" task is delivered as a refresh task
    When the app sets the expiration handler of the "sync" task
    And the app submits a refresh request for "sync", earliest in 2 hours, and it is accepted
    And the app crashes
    Then 3 hours later, the app is launched in the background, for "sync"
    When the app registers a handler for "sync", and it returns true
    And the app finishes launching
    Then the 2nd "sync" task is delivered as a refresh task
    When the app sets the expiration handler of the 2nd "sync" task
    And the app submits a refresh request for "sync", earliest in 2 hours, and it is accepted
    And 4 seconds later, the app completes the 2nd "sync" task as a success
    Then the app is suspended
    And nothing else happens for 1 minute
    And the oracle says that the trace conforms
    And the oracle advises REG-13
    And otherwise the oracle would blame the scheduler under SUB-8
    And otherwise the oracle would blame the scheduler under LIF-7

  @trace @rule:LIF-7 @conforms
  Scenario: Crashes before
    The crash comes before the next submission: the request was spent, and nothing is pending.

    Then 2 seconds later, the app is suspended
    And 58 minutes 50 seconds later, the "sync" task is delivered as a refresh task
    When the app sets the expiration handler of the "sync" task
    And the app crashes
    And 23 hours later, the device is now in use and unlocked
    And 1 second later, the person opens the app
    And the app registers a handler for "sync", and it returns true
    And the app finishes launching
    And the app asks for the pending requests, and it gets nothing
    Then nothing else happens for 1 minute
    And the oracle says that the trace conforms
    And the oracle advises REG-13
    And otherwise the oracle would blame the scheduler under LIF-7

  @run @conforms
  Scenario: On any scheduler: crashes before
    When 58 minutes 52 seconds later, the runner grants a launch of "sync"
    Then the "sync" task is delivered as a refresh task
    When the app sets the expiration handler of the "sync" task
    And the app crashes
    And 23 hours later, the device is now in use and unlocked
    And 1 second later, the person opens the app
    And the app registers a handler for "sync"
    And the app finishes launching
    And the app asks for the pending requests
    And 1 minute passes
    Then the oracle says that the trace conforms
    And the oracle advises REG-13
