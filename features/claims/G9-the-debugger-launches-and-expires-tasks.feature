@case:G9 @os:18.5
# Asked: How do I launch and expire a task in the debugger?
Feature: G9 The debugger launches and expires tasks
  The simulation works on a pending request, or on a running task, and does nothing without one.

  Background:
    Given an iPhone with iOS 18.5
    And the app "com.example.guide" permits "sync", with the background modes "fetch"
    When the person opens the app, which registers "sync" while it launches

  @trace @rule:DBG-1 @conforms
  Scenario: No pending request: nothing but a message
    When 10 seconds later, a debugger is attached
    And 2 seconds later, the debugger simulates a launch of "sync"
    Then nothing else happens for 2 minutes
    And the oracle says that the trace conforms
    And otherwise the oracle would blame the scheduler under DBG-1

  @trace @rule:DBG-1 @scheduler
  Scenario: No pending request, and a task is delivered
    When 10 seconds later, a debugger is attached
    And 2 seconds later, the debugger simulates a launch of "sync"
    Then the "sync" task is delivered as a processing task, and the app sets its expiration handler
    When 2 seconds later, the app completes the "sync" task as a success
    Then nothing else happens for 1 minute
    And the oracle blames the scheduler under DBG-1

  @trace @rule:DBG-2 @rule:DBG-3 @conforms
  Scenario: Launched in the foreground before its date, expired on demand
    When the app submits a refresh request for "sync", earliest in 15 minutes, and it is accepted
    And 9 seconds later, a debugger is attached
    And 2 seconds later, the debugger simulates a launch of "sync"
    Then the "sync" task is delivered as a refresh task, and the app sets its expiration handler and submits a refresh request for "sync", earliest in 29 minutes 48 seconds, and it is accepted
    When 3 seconds later, the debugger simulates an expiration of "sync"
    Then the "sync" task is expired, and the app completes it as a failure
    And nothing else happens for 1 minute
    And the oracle says that the trace conforms
    And otherwise the oracle would blame the scheduler under DBG-2
    And otherwise the oracle would blame the scheduler under DBG-3

  @trace @rule:DBG-2 @scheduler
  Scenario: A pending request, and the simulated launch delivers nothing
    When the app submits a refresh request for "sync", earliest in 15 minutes, and it is accepted
    And 9 seconds later, a debugger is attached
    And 2 seconds later, the debugger simulates a launch of "sync"
    Then nothing else happens for 3 minutes
    And the oracle blames the scheduler under DBG-2

  @trace @rule:DBG-3 @scheduler
  Scenario: The simulated expiration never comes
    When the app submits a refresh request for "sync", earliest in 15 minutes, and it is accepted
    And 9 seconds later, a debugger is attached
    And 2 seconds later, the debugger simulates a launch of "sync"
    Then the "sync" task is delivered as a refresh task, and the app sets its expiration handler and submits a refresh request for "sync", earliest in 29 minutes 48 seconds, and it is accepted
    When 3 seconds later, the debugger simulates an expiration of "sync"
    And 1 minute 10 seconds later, the app completes the "sync" task as a success
    Then nothing else happens for 1 minute
    And the oracle blames the scheduler under DBG-3

  @trace @rule:DBG-4 @conforms
  Scenario: While a task of the identifier runs, no second one starts
    When the app submits a refresh request for "sync", earliest in 15 minutes, and it is accepted
    And 9 seconds later, a debugger is attached
    And 2 seconds later, the debugger simulates a launch of "sync"
    Then the "sync" task is delivered as a refresh task, and the app sets its expiration handler and submits a refresh request for "sync", earliest in 29 minutes 48 seconds, and it is accepted
    When 3 seconds later, the debugger simulates a launch of "sync"
    And 9 seconds later, the app completes the "sync" task as a success
    Then nothing else happens for 1 minute
    And the oracle says that the trace conforms
    And otherwise the oracle would blame the scheduler under DBG-4

  @trace @rule:DBG-4 @scheduler
  Scenario: A second task of the identifier starts beside the first
    When the app submits a refresh request for "sync", earliest in 15 minutes, and it is accepted
    And 9 seconds later, a debugger is attached
    And 2 seconds later, the debugger simulates a launch of "sync"
    Then the "sync" task is delivered as a refresh task, and the app sets its expiration handler and submits a refresh request for "sync", earliest in 29 minutes 48 seconds, and it is accepted
    When 3 seconds later, the debugger simulates a launch of "sync"
    Then the 2nd "sync" task is delivered as a refresh task, and the app sets its expiration handler and submits a refresh request for "sync", earliest in 29 minutes 45 seconds, and it is accepted
    When 4 seconds later, the app completes the "sync" task as a success
    And the app completes the 2nd "sync" task as a success
    Then nothing else happens for 1 minute
    And the oracle blames the scheduler under DBG-4

  @run @conforms
  Scenario: On any scheduler: no pending request: nothing but a message
    When 10 seconds later, a debugger is attached
    And 2 seconds later, the debugger simulates a launch of "sync"
    Then nothing is delivered
    When 2 minutes pass
    Then the oracle says that the trace conforms
