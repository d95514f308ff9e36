@rule:CMP-1 @os:18.0
Feature: CMP-1 Every task is completed
  Every delivered task is completed by the app, the expired ones included. The breach falls due when
  the process is killed for it (CMP-7), when the system completes it (EXP-5), at the end of the grace
  where "expiration_grace" has a number, or at the end of the trace with the task expired and open. A
  process that dies for another reason owes nothing.

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
  Scenario: Completed
    Then 2 seconds later, the app is suspended
    And 58 minutes 50 seconds later, the "sync" task is delivered as a refresh task
    When the app sets the expiration handler of the "sync" task
    And the app submits a refresh request for "sync", earliest in 2 hours, and it is accepted
    And 4 seconds later, the app completes the "sync" task as a success
    Then the app is suspended
    And nothing else happens for 1 minute
    And the oracle says that the trace conforms
    And otherwise the oracle would blame the app under CMP-1

  @trace @app
  Scenario: Expired and open at the end
    Then 2 seconds later, the app is suspended
    And 58 minutes 50 seconds later, the "sync" task is delivered as a refresh task
    When the app sets the expiration handler of the "sync" task
    And the app submits a refresh request for "sync", earliest in 2 hours, and it is accepted
    Then 25 seconds later, the "sync" task is expired
    And nothing else happens for 5 minutes
    And the oracle blames the app under CMP-1

  @run @conforms
  Scenario: On any scheduler: completed
    When 58 minutes 52 seconds later, the runner grants a launch of "sync"
    Then the "sync" task is delivered as a refresh task
    When the app sets the expiration handler of the "sync" task
    And the app submits a refresh request for "sync", earliest in 2 hours
    And 4 seconds later, the app completes the "sync" task as a success
    And 1 minute passes
    Then the oracle says that the trace conforms

  @run @app
  Scenario: On any scheduler: expired and open at the end
    When 58 minutes 52 seconds later, the runner grants a launch of "sync"
    Then the "sync" task is delivered as a refresh task
    When the app sets the expiration handler of the "sync" task
    And the app submits a refresh request for "sync", earliest in 2 hours
    And 25 seconds later, the runner takes back the time of the "sync" task
    And 5 minutes pass
    Then the oracle blames the app under CMP-1
