@rule:DBG-3 @os:18.0
Feature: DBG-3 Simulated expiration expires
  A simulated expiration expires, within "reaction_time", the task of that identifier that a simulated
  launch started (handler or EXP-5), even where the app blocks the registration queue. For a task
  launched otherwise it may do the same or nothing; with no running task nothing happens.

  Background:
    Given an iPhone with iOS 18.0
    And the app "com.example.app" permits "sync", with the background modes "fetch" and "processing"

  @trace @conforms
  Scenario: Expired within the reaction time
    When the person opens the app, which registers "sync" while it launches
    And the app submits a refresh request for "sync", earliest in 1 hour, and it is accepted
    And 1 second later, a debugger is attached
    And 1 second later, the debugger simulates a launch of "sync"
    Then the "sync" task is delivered as a refresh task, and the app sets its expiration handler and submits a refresh request for "sync", earliest in 1 hour 59 minutes 57 seconds, and it is accepted
    When 1 second later, the debugger simulates an expiration of "sync"
    Then 1 second later, the "sync" task is expired, and the app completes it as a failure
    And nothing else happens for 1 minute
    And the oracle says that the trace conforms
    And otherwise the oracle would blame the scheduler under DBG-3

  @trace @scheduler
  Scenario: Never expired
    When the person opens the app, which registers "sync" while it launches
    And the app submits a refresh request for "sync", earliest in 1 hour, and it is accepted
    And 1 second later, a debugger is attached
    And 1 second later, the debugger simulates a launch of "sync"
    Then the "sync" task is delivered as a refresh task, and the app sets its expiration handler and submits a refresh request for "sync", earliest in 1 hour 59 minutes 57 seconds, and it is accepted
    When 1 second later, the debugger simulates an expiration of "sync"
    And 1 minute 30 seconds later, the app completes the "sync" task as a failure
    Then nothing else happens for 1 minute
    And the oracle blames the scheduler under DBG-3

  @run @conforms
  Scenario: A simulated expiration of a simulated launch
    When the person opens the app, which registers "sync" while it launches
    And the app sets the expiration handler of the "sync" task as soon as it is delivered, and completes it as a failure as soon as it expires
    And the app submits a processing request for "sync", earliest in 1 hour
    And 1 second later, a debugger is attached
    And the debugger simulates a launch of "sync"
    And 61 seconds pass
    Then the "sync" task is delivered as a processing task
    When the debugger simulates an expiration of "sync"
    And 61 seconds pass
    Then the "sync" task is expired
    And the oracle says that the trace conforms

  @run @app
  Scenario: A simulated expiration while the app blocks its queue
    When the person opens the app, which registers "sync" on the queue "work" while it launches
    And the app sets the expiration handler of the "sync" task as soon as it is delivered, and completes it as a failure as soon as it expires
    And the app submits a processing request for "sync", earliest in 1 hour
    And 1 second later, a debugger is attached
    And the debugger simulates a launch of "sync"
    And 61 seconds pass
    Then the "sync" task is delivered as a processing task
    When the app blocks the queue "work"
    And the debugger simulates an expiration of "sync"
    And 61 seconds pass
    Then the "sync" task is expired
    And the oracle blames the app under EXP-13
