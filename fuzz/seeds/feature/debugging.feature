@rule:DBG-6 @os:18.0
Feature: DBG-6 Hooks on devices only
  The simulation hooks work on devices only: on the simulator nothing is launched or expired.

  Background:
    Given the simulator with iOS 18.0
    And the app "com.example.app" permits "sync", with the background modes "fetch" and "processing"
    When the person opens the app, which registers "sync" while it launches
    And 1 second later, a debugger is attached
    And 1 second later, the debugger simulates a launch of "sync"

  @trace @conforms
  Scenario: Nothing happens
    Then nothing else happens for 2 minutes
    And the oracle says that the trace conforms
    And otherwise the oracle would blame the scheduler under DBG-6

  @trace @scheduler
  Scenario: Delivered on the simulator
    Then the "sync" task is delivered as a processing task, and the app sets its expiration handler
    When 1 second later, the app completes the "sync" task as a success
    Then nothing else happens for 1 minute
    And the oracle blames the scheduler under DBG-6

  @run @conforms
  Scenario: On any scheduler: nothing happens
    Then nothing is delivered
    When 2 minutes pass
    Then the oracle says that the trace conforms
