@case:G10 @os:18.5
# Asked: What is left after my process ended?
Feature: G10 Requests persist and handlers do not
  A process that is launched for a task registers its handlers anew.

  Background:
    Given an iPhone with iOS 18.5
    And the app "com.example.guide" permits "sync", with the background modes "fetch" and "processing"
    When the person opens the app, which registers "sync" while it launches

  @trace @rule:LIF-1 @rule:REG-8 @conforms
  Scenario: Registered again
    The request outlives the process; the next process registers its handler anew.

    When the app submits a refresh request for "sync", earliest in 15 minutes, and it is accepted
    And 59 seconds later, the person puts the device away, idle and locked, and 2 seconds later the app is suspended
    And 28 minutes 50 seconds later, memory runs short and the app is killed
    Then 30 minutes later, the app is launched in the background, for "sync", and registers "sync" while it launches
    And the "sync" task is delivered as a refresh task, and the app sets its expiration handler and submits a refresh request for "sync", earliest in 2 hours, and it is accepted
    When 4 seconds later, the app completes the "sync" task as a success, and is suspended
    Then nothing else happens for 1 minute
    And the oracle says that the trace conforms
    And otherwise the oracle would blame the scheduler under REG-8

  @trace @rule:CFG-9 @rule:LAU-3 @app
  Scenario: The next process registers nothing: the launch raises
    When the app submits a refresh request for "sync", earliest in 15 minutes, and it is accepted
    And 59 seconds later, the person puts the device away, idle and locked, and 2 seconds later the app is suspended
    And 28 minutes 50 seconds later, memory runs short and the app is killed
    Then 30 minutes later, the app is launched in the background, for "sync", and registers nothing while it launches
    And the launch of "sync" raises "No launch handler registered for task with identifier com.example.guide.sync"
    When the app crashes
    Then nothing else happens for 1 minute
    And the oracle blames the app under CFG-9
    And otherwise the oracle would blame the scheduler under LAU-3

  @trace @rule:CFG-9 @rule:LAU-3 @scheduler @app
  Scenario: The next process registers nothing, and a task is delivered to it
    When the app submits a processing request for "sync", earliest in 15 minutes, and it is accepted
    And 59 seconds later, the person puts the device away, idle and locked, and 2 seconds later the app is suspended
    And 28 minutes 50 seconds later, memory runs short and the app is killed
    Then 30 minutes later, the app is launched in the background, for "sync", and registers nothing while it launches
    And the "sync" task is delivered as a processing task, and the app sets its expiration handler
    When 3 seconds later, the app completes the "sync" task as a success, and is suspended
    Then nothing else happens for 1 minute
    And the oracle blames the app under CFG-9
    And the oracle blames the scheduler under LAU-3

  @run @rule:CFG-9 @app
  Scenario: On any scheduler: the next process registers nothing: the launch raises
    When the app submits a refresh request for "sync", earliest in 15 minutes
    Then it is accepted
    When 59 seconds later, the person puts the device away, idle and locked
    And 28 minutes 52 seconds later, memory runs short and the app is killed
    And 30 minutes later, the runner grants a launch of "sync"
    And the app finishes launching, in process 2
    Then the launch of "sync" raises "No launch handler registered for task with identifier com.example.guide.sync"
    When 1 minute passes
    Then the oracle blames the app under CFG-9
