@rule:DBG-4 @os:18.0
Feature: DBG-4 No second simulated task
  A simulated launch while a task of that identifier runs starts no second one: nothing happens, or
  the simulated launch raises (as LAU-3, or with a text of its own). That is its answer and no
  delivery: nobody has broken a rule by it.

  Background:
    Given an iPhone with iOS 18.0
    And the app "com.example.app" permits "sync", with the background modes "fetch" and "processing"
    When the person opens the app, which registers "sync" while it launches

  @trace @conforms
  Scenario: No second task
    When the app submits a refresh request for "sync", earliest in 1 hour, and it is accepted
    And 1 second later, a debugger is attached
    And 1 second later, the debugger simulates a launch of "sync"
    Then the "sync" task is delivered as a refresh task, and the app sets its expiration handler and submits a refresh request for "sync", earliest in 1 hour 59 minutes 57 seconds, and it is accepted
    When 1 second later, the debugger simulates a launch of "sync"
    And 9 seconds later, the app completes the "sync" task as a success
    Then nothing else happens for 1 minute
    And the oracle says that the trace conforms
    And otherwise the oracle would blame the scheduler under DBG-4

  @trace @scheduler
  Scenario: A second task beside the first
    When the app submits a refresh request for "sync", earliest in 1 hour, and it is accepted
    And 1 second later, a debugger is attached
    And 1 second later, the debugger simulates a launch of "sync"
    Then the "sync" task is delivered as a refresh task, and the app sets its expiration handler and submits a refresh request for "sync", earliest in 1 hour 59 minutes 57 seconds, and it is accepted
    When 1 second later, the debugger simulates a launch of "sync"
    Then the 2nd "sync" task is delivered as a refresh task, and the app sets its expiration handler and submits a refresh request for "sync", earliest in 1 hour 59 minutes 56 seconds, and it is accepted
    When 1 second later, the app completes the "sync" task as a success
    And the app completes the 2nd "sync" task as a success
    Then nothing else happens for 1 minute
    And the oracle blames the scheduler under DBG-4

  @run @conforms
  Scenario: A simulated launch while a task of that identifier runs
    When the app sets the expiration handler of the "sync" task, as soon as the "sync" task is delivered
    And the app submits a processing request for "sync", earliest in 1 hour
    And 1 second later, a debugger is attached
    And the debugger simulates a launch of "sync"
    And 61 seconds pass
    Then the "sync" task is delivered as a processing task
    When the app submits a processing request for "sync", earliest in 1 hour
    And the debugger simulates a launch of "sync"
    And 61 seconds pass
    Then the oracle says that the trace conforms
