@rule:LIF-10 @os:18.0
Feature: LIF-10 Resubmit in handler
  A recurring task is submitted again at the start of its handler, and not at every launch or visit
  (each submission moves the floor): the pending list is asked first.

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
  Scenario: The handler submits no successor
    Then 2 seconds later, the app is suspended
    And 58 minutes 50 seconds later, the "sync" task is delivered as a refresh task
    When the app sets the expiration handler of the "sync" task
    And 4 seconds later, the app completes the "sync" task as a success
    Then the app is suspended
    And nothing else happens for 1 minute
    And the oracle says that the trace conforms
    And the oracle advises LIF-10

  @run @conforms
  Scenario: On any scheduler: the handler submits no successor
    When 58 minutes 52 seconds later, the runner grants a launch of "sync"
    Then the "sync" task is delivered as a refresh task
    When the app sets the expiration handler of the "sync" task
    And 4 seconds later, the app completes the "sync" task as a success
    And 1 minute passes
    Then the oracle says that the trace conforms
    And the oracle advises LIF-10
