@rule:EXP-6 @os:18.0
Feature: EXP-6 Handler cleared
  The handler is cleared by its call and by completion; one set later is never called.

  Background:
    Given an iPhone with iOS 18.0
    And the app "com.example.app" permits "sync", with the background modes "fetch" and "processing"
    When the person opens the app, which registers "sync" while it launches
    And the app submits a refresh request for "sync", and it is accepted

  @trace @conforms
  Scenario: The second one is never called
    When 1 minute later, the person puts the device away, idle and locked, and 2 seconds later the app is suspended
    Then 58 minutes 50 seconds later, the "sync" task is delivered as a refresh task, and the app sets its expiration handler and submits a refresh request for "sync", earliest in 2 hours, and it is accepted
    And 9 seconds later, the "sync" task is expired
    When the app sets the expiration handler of the "sync" task
    And 1 second later, the app completes the "sync" task as a failure, and is suspended
    Then nothing else happens for 1 minute
    And the oracle says that the trace conforms
    And otherwise the oracle would blame the scheduler under EXP-6

  @trace @scheduler
  Scenario: A handler set after the completion is called
    When 1 minute later, the person puts the device away, idle and locked, and 2 seconds later the app is suspended
    Then 58 minutes 50 seconds later, the "sync" task is delivered as a refresh task, and the app sets its expiration handler and submits a refresh request for "sync", earliest in 2 hours, and it is accepted
    When 9 seconds later, the app completes the "sync" task as a success
    And the app sets the expiration handler of the "sync" task
    Then 1 second later, the "sync" task is expired
    And the app is suspended, and nothing else happens for 1 minute
    And the oracle blames the scheduler under EXP-6

  @run @conforms
  Scenario: On any scheduler: the second one is never called
    When 1 minute later, the person puts the device away, idle and locked
    And 58 minutes 52 seconds later, the runner grants a launch of "sync"
    And the app sets the expiration handler of the "sync" task
    And the app submits a refresh request for "sync", earliest in 2 hours
    And 9 seconds later, the runner takes back the time of the "sync" task
    Then the "sync" task is expired
    When the app sets the expiration handler of the "sync" task
    And 1 second later, the app completes the "sync" task as a failure
    And 1 minute passes
    Then the oracle says that the trace conforms
