@rule:CAN-3 @os:18.0
Feature: CAN-3 Cancel leaves running
  Cancelling does not end a running refresh, processing or health research task, and unregisters
  nothing.

  Background:
    Given an iPhone with iOS 18.0
    And the app "com.example.app" permits "sync", with the background modes "fetch" and "processing"
    When the person opens the app, which registers "sync" while it launches
    And the app submits a refresh request for "sync", and it is accepted

  @trace @conforms
  Scenario: The task goes on, and the handler is still registered
    When 1 minute later, the person puts the device away, idle and locked, and 2 seconds later the app is suspended
    Then 58 minutes 50 seconds later, the "sync" task is delivered as a refresh task, and the app sets its expiration handler
    When 1 second later, the app cancels "sync"
    And 1 second later, the app submits a refresh request for "sync", and it is accepted
    And 4 seconds later, the app completes the "sync" task as a success, and is suspended
    Then nothing else happens for 1 minute
    And the oracle says that the trace conforms
    And otherwise the oracle would blame the scheduler under CAN-3

  @trace @scheduler
  Scenario: The cancel took the handler away
    When 1 minute later, the person puts the device away, idle and locked, and 2 seconds later the app is suspended
    Then 58 minutes 50 seconds later, the "sync" task is delivered as a refresh task, and the app sets its expiration handler
    When 1 second later, the app cancels "sync"
    And 1 second later, the app submits a refresh request for "sync", and it raises "No launch handler registered for task with identifier com.example.app.sync"
    And the app crashes
    Then nothing else happens for 1 minute
    And the oracle blames the scheduler under CAN-3

  @run @conforms
  Scenario: On any scheduler: the task goes on, and the handler is still registered
    When 1 minute later, the person puts the device away, idle and locked
    And 58 minutes 52 seconds later, the runner grants a launch of "sync"
    And the app sets the expiration handler of the "sync" task
    And 1 second later, the app cancels "sync"
    And 1 second later, the app submits a refresh request for "sync"
    Then it is accepted
    When 4 seconds later, the app completes the "sync" task as a success
    And 1 minute passes
    Then the oracle says that the trace conforms
