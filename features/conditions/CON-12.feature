@rule:CON-12 @os:18.0
Feature: CON-12 Launch is never owed
  A launch is never owed: with every condition met the scheduler may wait, or never launch. Only an
  implementation that declares a promptness is held to it. (Two days and use within the past week for
  processing are attempts, not duties.)

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
  Scenario: Launched after three days
    Then 2 seconds later, the app is suspended
    And 2 days 23 hours 58 minutes 50 seconds later, the "sync" task is delivered as a refresh task
    When the app sets the expiration handler of the "sync" task
    And the app submits a refresh request for "sync", earliest in 2 hours, and it is accepted
    And 4 seconds later, the app completes the "sync" task as a success
    Then the app is suspended
    And nothing else happens for 1 minute
    And the oracle says that the trace conforms

  @trace @conforms @scheduler
  Scenario: Never launched
    An implementation that declares a promptness is held to it.

    Then 2 seconds later, the app is suspended
    And nothing else happens for 8 days 23 hours 58 minutes 50 seconds
    And the oracle says that the trace conforms
    And with promptness = "1 h", the oracle blames the scheduler under CON-12

  @run @conforms
  Scenario: On any scheduler: launched after three days
    When 2 days 23 hours 58 minutes 52 seconds later, the runner grants a launch of "sync"
    Then the "sync" task is delivered as a refresh task
    When the app sets the expiration handler of the "sync" task
    And the app submits a refresh request for "sync", earliest in 2 hours
    And 4 seconds later, the app completes the "sync" task as a success
    And 1 minute passes
    Then the oracle says that the trace conforms
