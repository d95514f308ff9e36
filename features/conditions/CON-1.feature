@rule:CON-1 @os:18.0
Feature: CON-1 Not before begin date
  A request is launched at its earliestBeginDate or later, never before. The date is a floor, never a
  promise.

  Background:
    Given an iPhone with iOS 18.0
    And the app "com.example.app"
    And it permits "sync"
    And its background modes: "fetch" and "processing"

  @told
  Scenario: Launched at its date
    When the person opens the app
    And 90 ms later, the app registers a handler for "sync", and it returns true
    And 212 ms later, the app finishes launching
    And 540 ms later, the app submits a refresh request for "sync", earliest in 59 minutes 59 seconds 158 ms, and it is accepted
    And 59 seconds 158 ms later, the app leaves the foreground
    And 8 seconds later, the device is now not in use and locked
    Then 2 seconds later, the app is suspended
    And 58 minutes 50 seconds later, the "sync" task is delivered as a refresh task
    When 2 ms later, the app sets the expiration handler of the "sync" task
    And 3 ms later, the app submits a refresh request for "sync", earliest in 2 hours, and it is accepted
    And 4 seconds later, the app completes the "sync" task as a success
    Then 900 ms later, the app is suspended
    And nothing else happens for 1 minute
    And the oracle says that the trace conforms

  @told
  Scenario: Launched a second early
    When the person opens the app
    And the app registers a handler for "sync", and it returns true
    And the app finishes launching
    And the app submits a refresh request for "sync", earliest in 1 hour, and it is accepted
    And 59 seconds later, the app leaves the foreground
    And 8 seconds later, the device is now not in use and locked
    Then 2 seconds later, the app is suspended
    And 58 minutes 49 seconds later, the "sync" task is delivered as a refresh task
    When the app sets the expiration handler of the "sync" task
    And the app submits a refresh request for "sync", earliest in 2 hours, and it is accepted
    And 4 seconds later, the app completes the "sync" task as a success
    Then the app is suspended
    And nothing else happens for 1 minute
    And the oracle blames the scheduler under CON-1
