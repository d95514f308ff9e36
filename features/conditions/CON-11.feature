@rule:CON-11 @os:18.0
Feature: CON-11 One task of an identifier
  At most one task of an identifier runs at a time.

  Background:
    Given an iPhone with iOS 18.0
    And the app "com.example.app" permits "sync", with the background modes "fetch" and "processing"
    When the person opens the app, which registers "sync" while it launches
    And the app submits a refresh request for "sync", and it is accepted

  @trace @conforms
  Scenario: The second runs after the first
    When 1 minute later, the person puts the device away, idle and locked, and 2 seconds later the app is suspended
    Then 58 minutes 50 seconds later, the "sync" task is delivered as a refresh task, and the app sets its expiration handler and submits a refresh request for "sync", and it is accepted
    When 4 seconds later, the app completes the "sync" task as a success
    Then 1 second later, the 2nd "sync" task is delivered as a refresh task, and the app sets its expiration handler and submits a refresh request for "sync", and it is accepted
    When 4 seconds later, the app completes the 2nd "sync" task as a success, and is suspended
    Then nothing else happens for 1 minute
    And the oracle says that the trace conforms
    And otherwise the oracle would blame the scheduler under CON-11

  @trace @scheduler
  Scenario: The second runs beside the first
    When 1 minute later, the person puts the device away, idle and locked, and 2 seconds later the app is suspended
    Then 58 minutes 50 seconds later, the "sync" task is delivered as a refresh task, and the app sets its expiration handler and submits a refresh request for "sync", and it is accepted
    And 4 seconds later, the 2nd "sync" task is delivered as a refresh task, and the app sets its expiration handler and submits a refresh request for "sync", and it is accepted
    When 4 seconds later, the app completes the 2nd "sync" task as a success
    And the app completes the "sync" task as a success, and is suspended
    Then nothing else happens for 1 minute
    And the oracle blames the scheduler under CON-11

  @run @conforms
  Scenario: On any scheduler: the second runs after the first
    When 1 minute later, the person puts the device away, idle and locked
    And 58 minutes 52 seconds later, the runner grants a launch of "sync"
    Then the "sync" task is delivered as a refresh task, and the app sets its expiration handler and submits a refresh request for "sync"
    When 2 seconds later, the runner grants a launch of "sync"
    And 2 seconds later, the app completes the "sync" task as a success
    And 1 second later, the runner grants a launch of "sync"
    And the app sets the expiration handler of the 2nd "sync" task
    And the app submits a refresh request for "sync"
    And 4 seconds later, the app completes the 2nd "sync" task as a success
    And 1 minute passes
    Then the oracle says that the trace conforms
