@rule:LAU-11 @os:18.0
Feature: LAU-11 Any order of launches
  Pending requests are launched in any order, whatever the order of their submission or of their
  dates.

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
  Scenario: In the order of their submission
    Then 2 seconds later, the app is suspended
    And 58 minutes 50 seconds later, the "sync" task is delivered as a refresh task
    When the app sets the expiration handler of the "sync" task
    And the app submits a refresh request for "sync", earliest in 2 hours, and it is accepted
    And 4 seconds later, the app completes the "sync" task as a success
    Then the app is suspended
    And 1 minute later, the "clean" task is delivered as a processing task
    When the app sets the expiration handler of the "clean" task
    And 4 seconds later, the app completes the "clean" task as a success
    Then the app is suspended
    And nothing else happens for 1 minute
    And the oracle says that the trace conforms

  @trace @conforms
  Scenario: The other way round
    Then 2 seconds later, the app is suspended
    And 58 minutes 50 seconds later, the "clean" task is delivered as a processing task
    When the app sets the expiration handler of the "clean" task
    And 4 seconds later, the app completes the "clean" task as a success
    Then the app is suspended
    And 1 minute later, the "sync" task is delivered as a refresh task
    When the app sets the expiration handler of the "sync" task
    And the app submits a refresh request for "sync", earliest in 2 hours, and it is accepted
    And 4 seconds later, the app completes the "sync" task as a success
    Then the app is suspended
    And nothing else happens for 1 minute
    And the oracle says that the trace conforms

  @run @conforms
  Scenario: On any scheduler: in the order of their submission
    When 58 minutes 52 seconds later, the runner grants a launch of "sync"
    Then the "sync" task is delivered as a refresh task
    When the app sets the expiration handler of the "sync" task
    And the app submits a refresh request for "sync", earliest in 2 hours
    And 4 seconds later, the app completes the "sync" task as a success
    And 1 minute later, the runner grants a launch of "clean"
    And the app sets the expiration handler of the "clean" task
    And 4 seconds later, the app completes the "clean" task as a success
    And 1 minute passes
    Then the oracle says that the trace conforms

  @run @conforms
  Scenario: On any scheduler: the other way round
    When 58 minutes 52 seconds later, the runner grants a launch of "clean"
    Then the "clean" task is delivered as a processing task
    When the app sets the expiration handler of the "clean" task
    And 4 seconds later, the app completes the "clean" task as a success
    And 1 minute later, the runner grants a launch of "sync"
    And the app sets the expiration handler of the "sync" task
    And the app submits a refresh request for "sync", earliest in 2 hours
    And 4 seconds later, the app completes the "sync" task as a success
    And 1 minute passes
    Then the oracle says that the trace conforms
