@rule:LAU-3 @rule:CFG-9 @os:18.0
Feature: LAU-3 Launch without handler raises
  A launch for an identifier with no handler when launching has finished raises 'No launch handler
  registered for task with identifier <id>', the process dies and the request is spent. Where the
  process has a handler for it nothing raises (REG-8).

  Background:
    Given an iPhone with iOS 18.0
    And the app "com.example.app" permits "sync", with the background modes "fetch" and "processing"
    When the person opens the app, which registers "sync" while it launches

  @trace @app
  Scenario: No handler: it raises
    When the app submits a refresh request for "sync", and it is accepted
    And 1 minute later, the person puts the device away, idle and locked, and 2 seconds later the app is suspended
    And 28 minutes 50 seconds later, memory runs short and the app is killed
    Then 30 minutes later, the app is launched in the background, for "sync", and registers nothing while it launches
    And the launch of "sync" raises "No launch handler registered for task with identifier com.example.app.sync"
    When the app crashes
    Then nothing else happens for 1 minute
    And the oracle blames the app under CFG-9
    And otherwise the oracle would blame the scheduler under LAU-3

  @trace @scheduler @app
  Scenario: No handler, and a task is delivered
    When the app submits a processing request for "sync", and it is accepted
    And 1 minute later, the person puts the device away, idle and locked, and 2 seconds later the app is suspended
    And 28 minutes 50 seconds later, memory runs short and the app is killed
    Then 30 minutes later, the app is launched in the background, for "sync", and registers nothing while it launches
    And the "sync" task is delivered as a processing task, and the app sets its expiration handler
    When 3 seconds later, the app completes the "sync" task as a success, and is suspended
    Then nothing else happens for 1 minute
    And the oracle blames the app under CFG-9
    And the oracle blames the scheduler under LAU-3

  @run @app
  Scenario: On any scheduler: no handler: it raises
    When the app submits a refresh request for "sync"
    Then it is accepted
    When 1 minute later, the person puts the device away, idle and locked
    And 28 minutes 52 seconds later, memory runs short and the app is killed
    And 30 minutes later, the runner grants a launch of "sync"
    And the app finishes launching, in process 2
    Then the launch of "sync" raises "No launch handler registered for task with identifier com.example.app.sync"
    When 1 minute passes
    Then the oracle blames the app under CFG-9
