@rule:CMP-1 @os:18.0
Feature: CMP-1 Every task is completed
  Every delivered task is completed by the app, the expired ones included. The breach falls due when
  the process is killed for it (CMP-7), when the system completes it (EXP-5), at the end of the grace
  where "expiration_grace" has a number, or at the end of the trace with the task expired and open. A
  process that dies for another reason owes nothing.

  Background:
    Given an iPhone with iOS 18.0
    And the app "com.example.app" permits "sync", with the background modes "fetch" and "processing"
    When the person opens the app, which registers "sync" while it launches
    And the app submits a refresh request for "sync", and it is accepted

  @trace @conforms
  Scenario: Completed
    When 1 minute later, the person puts the device away, idle and locked, and 2 seconds later the app is suspended
    Then 58 minutes 50 seconds later, the "sync" task is delivered as a refresh task, and the app sets its expiration handler and submits a refresh request for "sync", earliest in 2 hours, and it is accepted
    When 4 seconds later, the app completes the "sync" task as a success, and is suspended
    Then nothing else happens for 1 minute
    And the oracle says that the trace conforms
    And otherwise the oracle would blame the app under CMP-1

  @trace @app
  Scenario: Expired and open at the end
    When 1 minute later, the person puts the device away, idle and locked, and 2 seconds later the app is suspended
    Then 58 minutes 50 seconds later, the "sync" task is delivered as a refresh task, and the app sets its expiration handler and submits a refresh request for "sync", earliest in 2 hours, and it is accepted
    And 25 seconds later, the "sync" task is expired
    And nothing else happens for 5 minutes
    And the oracle blames the app under CMP-1

  @run @conforms
  Scenario: On any scheduler: completed
    When 1 minute later, the person puts the device away, idle and locked
    And 58 minutes 52 seconds later, the runner grants a launch of "sync"
    Then the "sync" task is delivered as a refresh task, and the app sets its expiration handler and submits a refresh request for "sync", earliest in 2 hours
    When 4 seconds later, the app completes the "sync" task as a success
    And 1 minute passes
    Then the oracle says that the trace conforms

  @run @app
  Scenario: On any scheduler: expired and open at the end
    When 1 minute later, the person puts the device away, idle and locked
    And 58 minutes 52 seconds later, the runner grants a launch of "sync"
    Then the "sync" task is delivered as a refresh task, and the app sets its expiration handler and submits a refresh request for "sync", earliest in 2 hours
    When 25 seconds later, the runner takes back the time of the "sync" task
    And 5 minutes pass
    Then the oracle blames the app under CMP-1
