@case:G14 @os:18.5
# Asked: Is my expiration handler called before a kill?
Feature: G14 Killed for memory without an expiration
  Memory runs short and the running task ends with its process.

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

  @trace @rule:EXP-12 @conforms
  Scenario: Killed while it runs
    Killed for memory in the middle of a task, without its expiration handler.

    Then 2 seconds later, the app is suspended
    And 58 minutes 50 seconds later, the "sync" task is delivered as a refresh task
    When the app sets the expiration handler of the "sync" task
    And the app submits a refresh request for "sync", earliest in 2 hours, and it is accepted
    And 6 seconds later, memory runs short and the app is killed
    Then nothing else happens for 1 minute
    And the oracle says that the trace conforms

  @run @conforms
  Scenario: On any scheduler: killed while it runs
    When 58 minutes 52 seconds later, the runner grants a launch of "sync"
    Then the "sync" task is delivered as a refresh task
    When the app sets the expiration handler of the "sync" task
    And the app submits a refresh request for "sync", earliest in 2 hours
    And 6 seconds later, memory runs short and the app is killed
    And 1 minute passes
    Then the oracle says that the trace conforms
