@rule:DBG-1 @os:18.0
Feature: DBG-1 Simulated launch needs pending
  A simulated launch needs a pending request of that identifier; without one nothing happens but a
  message.

  Background:
    Given an iPhone with iOS 18.0
    And the app "com.example.app" permits "sync", with the background modes "fetch" and "processing"
    When the person opens the app, which registers "sync" while it launches
    And a debugger is attached
    And 1 second later, the debugger simulates a launch of "sync"

  @trace @conforms
  Scenario: Nothing happens
    Then nothing else happens for 2 minutes
    And the oracle says that the trace conforms
    And otherwise the oracle would blame the scheduler under DBG-1

  @trace @scheduler
  Scenario: Delivered without a request
    Then the "sync" task is delivered as a refresh task, and the app sets its expiration handler and submits a refresh request for "sync", earliest in 2 hours, and it is accepted
    When 1 second later, the app completes the "sync" task as a success
    Then nothing else happens for 1 minute
    And the oracle blames the scheduler under DBG-1

  @run @conforms
  Scenario: On any scheduler: nothing happens
    Then nothing is delivered
    When 2 minutes pass
    Then the oracle says that the trace conforms
