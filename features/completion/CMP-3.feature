@rule:CMP-3 @os:18.0
Feature: CMP-3 Completed once from one place
  A task is completed once, from one place, and never as a success after it expired or while its work
  still runs.

  Background:
    Given an iPhone with iOS 18.0
    And the app "com.example.app"
    And it permits "sync"
    And its background modes: "fetch" and "processing"
    When the person opens the app
    And the app registers a handler for "sync", and it returns true
    And the app finishes launching
    And the app submits a refresh request for "sync", and it is accepted
    And 1 minute later, the app leaves the foreground
    And 8 seconds later, the device is now idle and locked

  @trace @conforms
  Scenario: A success after the expiry and a completion
    Then 2 seconds later, the app is suspended
    And 58 minutes 50 seconds later, the "sync" task is delivered as a refresh task
    When the app sets the expiration handler of the "sync" task
    And the app submits a refresh request for "sync", earliest in 2 hours, and it is accepted
    Then 4 seconds later, the "sync" task is expired
    When the app completes the "sync" task as a failure
    And the app completes the "sync" task as a success
    Then the app is suspended
    And nothing else happens for 1 minute
    And the oracle says that the trace conforms
    And the oracle advises CMP-3

  @run @conforms
  Scenario: On any scheduler: a success after the expiry and a completion
    When 58 minutes 52 seconds later, the runner grants a launch of "sync"
    Then the "sync" task is delivered as a refresh task
    When the app sets the expiration handler of the "sync" task
    And the app submits a refresh request for "sync", earliest in 2 hours
    And 4 seconds later, the runner takes back the time of the "sync" task
    And the app completes the "sync" task as a failure
    And the app completes the "sync" task as a success
    And 1 minute passes
    Then the oracle says that the trace conforms
    And the oracle advises CMP-3
