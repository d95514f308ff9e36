@rule:CFG-9 @os:18.0
Feature: CFG-9 Every launchable identifier has handler
  Every concrete identifier that can be launched, permitted or still pending from an earlier
  version, has a handler in each process that may be launched for it, the process after an update
  included. Broken only where the process had none when it finished launching, not where the
  scheduler lost one (REG-8).

  Background:
    Given an iPhone with iOS 18.0
    And the app "com.example.app" permits "sync", with the background modes "fetch" and "processing"
    When the person opens the app, which registers "sync" while it launches
    And the app submits a refresh request for "sync", and it is accepted

  @trace @conforms
  Scenario: The launched process registers the handler
    When 1 minute later, the person puts the device away, idle and locked, and 2 seconds later the app is suspended
    And 18 minutes 50 seconds later, memory runs short and the app is killed
    Then 40 minutes later, the app is launched in the background, for "sync", and registers "sync" while it launches
    And the "sync" task is delivered as a refresh task, and the app sets its expiration handler and submits a refresh request for "sync", earliest in 2 hours, and it is accepted
    When 4 seconds later, the app completes the "sync" task as a success, and is suspended
    Then nothing else happens for 1 minute
    And the oracle says that the trace conforms
    And otherwise the oracle would blame the app under CFG-9

  @trace @app
  Scenario: The launched process registers nothing: the launch raises
    When 1 minute later, the person puts the device away, idle and locked, and 2 seconds later the app is suspended
    And 18 minutes 50 seconds later, memory runs short and the app is killed
    Then 40 minutes later, the app is launched in the background, for "sync", and registers nothing while it launches
    And the launch of "sync" raises "No launch handler registered for task with identifier com.example.app.sync"
    When the app crashes
    Then nothing else happens for 1 minute
    And the oracle blames the app under CFG-9

  @run @app
  Scenario: On any scheduler: the launched process registers nothing: the launch raises
    When 1 minute later, the person puts the device away, idle and locked
    And 18 minutes 52 seconds later, memory runs short and the app is killed
    And 40 minutes later, the runner grants a launch of "sync"
    And the app finishes launching, in process 2
    Then the launch of "sync" raises "No launch handler registered for task with identifier com.example.app.sync"
    When 1 minute passes
    Then the oracle blames the app under CFG-9
