@rule:LAU-5 @os:18.0
Feature: LAU-5 Task is of its request
  The delivered task carries the identifier and the kind of the request it was made from.

  Background:
    Given an iPhone with iOS 18.0
    And the app "com.example.app" permits "sync", with the background modes "fetch" and "processing"
    When the person opens the app, which registers "sync" while it launches

  @trace @conforms
  Scenario: The kind of the request
    When the app submits a processing request for "sync", and it is accepted
    And 1 minute later, the person puts the device away, idle and locked, and 2 seconds later the app is suspended
    Then 58 minutes 50 seconds later, the "sync" task is delivered as a processing task, and the app sets its expiration handler
    When 4 seconds later, the app completes the "sync" task as a success, and is suspended
    Then nothing else happens for 1 minute
    And the oracle says that the trace conforms
    And otherwise the oracle would blame the scheduler under LAU-5

  @trace @scheduler
  Scenario: Delivered as another kind
    When the app submits a refresh request for "sync", and it is accepted
    And 1 minute later, the person puts the device away, idle and locked, and 2 seconds later the app is suspended
    Then 58 minutes 50 seconds later, the "sync" task is delivered as a processing task, and the app sets its expiration handler
    When 4 seconds later, the app completes the "sync" task as a success, and is suspended
    Then nothing else happens for 1 minute
    And the oracle blames the scheduler under LAU-5

  @run @conforms
  Scenario: On any scheduler: the kind of the request
    When the app submits a processing request for "sync"
    And 1 minute later, the person puts the device away, idle and locked
    And 58 minutes 52 seconds later, the runner grants a launch of "sync"
    Then the "sync" task is delivered as a processing task, and the app sets its expiration handler
    When 4 seconds later, the app completes the "sync" task as a success
    And 1 minute passes
    Then the oracle says that the trace conforms
