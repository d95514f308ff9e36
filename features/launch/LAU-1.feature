@rule:LAU-1 @os:18.0
Feature: LAU-1 Not before launch finished
  A handler never runs before its process has finished launching; a launch that came earlier is
  delivered after.

  Background:
    Given an iPhone with iOS 18.0
    And the app "com.example.app" permits "sync", with the background modes "fetch" and "processing"

  @trace @conforms
  Scenario: Delivered after launching
    When the person opens the app, which registers "sync" while it launches
    And the app submits a refresh request for "sync", and it is accepted
    And 1 minute later, the person puts the device away, idle and locked, and 2 seconds later the app is suspended
    And 28 minutes 50 seconds later, memory runs short and the app is killed
    Then 30 minutes later, the app is launched in the background, for "sync", and registers "sync" while it launches
    And the "sync" task is delivered as a refresh task, and the app sets its expiration handler and submits a refresh request for "sync", earliest in 2 hours, and it is accepted
    When 4 seconds later, the app completes the "sync" task as a success, and is suspended
    Then nothing else happens for 1 minute
    And the oracle says that the trace conforms
    And otherwise the oracle would blame the scheduler under LAU-1

  @trace @scheduler
  Scenario: Delivered before the process has finished launching
    When the person opens the app, which registers "sync" while it launches
    And the app submits a refresh request for "sync", and it is accepted
    And 1 minute later, the person puts the device away, idle and locked, and 2 seconds later the app is suspended
    And 28 minutes 50 seconds later, memory runs short and the app is killed
    Then 30 minutes later, the app is launched in the background, for "sync"
    When the app registers a handler for "sync", and it returns true
    Then the "sync" task is delivered as a refresh task, and the app sets its expiration handler and submits a refresh request for "sync", and it is accepted
    When the app finishes launching
    And 4 seconds later, the app completes the "sync" task as a success, and is suspended
    Then nothing else happens for 1 minute
    And the oracle blames the scheduler under LAU-1

  @run @conforms
  Scenario: Granted while the app is launching
    When the app is started in the background for another reason
    And the app registers and submits a processing request for "sync"
    And the device is now idle and locked
    And the runner grants a launch of "sync", and 3 seconds pass
    Then nothing is delivered
    When the app finishes launching
    And 61 seconds pass
    Then the "sync" task is delivered as a processing task
    And the oracle says that the trace conforms
