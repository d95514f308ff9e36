@rule:LAU-2 @os:18.0
Feature: LAU-2 One request one launch
  One request, one launch. A launched request is spent and its handler runs at most once; it runs
  within `reaction_time` of the end of launching (of the launch, where the process lives), unless
  the process dies, is force-quit or the request is cancelled or submitted anew before (CAN-6). A
  launch that nobody saw, while the process was launching or before the trace begins, is no
  exception: after that time, or with its process, it is over and excuses no delivery (LAU-9).

  Background:
    Given an iPhone with iOS 18.0
    And the app "com.example.app" permits "sync", with the background modes "fetch" and "processing"
    When the person opens the app, which registers "sync" while it launches

  @trace @conforms
  Scenario: Delivered within the reaction time
    When the app submits a processing request for "sync", and it is accepted
    And 1 minute later, the person puts the device away, idle and locked, and 2 seconds later the app is suspended
    And 28 minutes 50 seconds later, memory runs short and the app is killed
    Then 30 minutes later, the app is launched in the background, for "sync", and registers "sync" while it launches
    And 20 seconds later, the "sync" task is delivered as a processing task, and the app sets its expiration handler
    When 4 seconds later, the app completes the "sync" task as a success, and is suspended
    Then nothing else happens for 1 minute
    And the oracle says that the trace conforms
    And otherwise the oracle would blame the scheduler under LAU-2

  @trace @scheduler
  Scenario: Launched, and nothing is delivered
    When the app submits a refresh request for "sync", and it is accepted
    And 1 minute later, the person puts the device away, idle and locked, and 2 seconds later the app is suspended
    And 28 minutes 50 seconds later, memory runs short and the app is killed
    Then 30 minutes later, the app is launched in the background, for "sync", and registers "sync" while it launches
    And nothing else happens for 5 minutes
    And the oracle blames the scheduler under LAU-2

  @run @conforms
  Scenario: On any scheduler: delivered within the reaction time
    When the app submits a processing request for "sync"
    And 1 minute later, the person puts the device away, idle and locked
    And 28 minutes 52 seconds later, memory runs short and the app is killed
    And 30 minutes later, the runner grants a launch of "sync"
    And the app registers a handler for "sync", in process 2
    And the app finishes launching
    Then the "sync" task is delivered as a processing task
    When 20 seconds later, the app sets the expiration handler of the "sync" task
    And 4 seconds later, the app completes the "sync" task as a success
    And 1 minute passes
    Then the oracle says that the trace conforms
