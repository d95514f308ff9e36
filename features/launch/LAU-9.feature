@rule:LAU-9 @os:18.0
Feature: LAU-9 No launch without request
  Nothing is launched without an outstanding request: none from a refused submission, a cancelled or a
  replaced request.

  Background:
    Given an iPhone with iOS 18.0
    And the app "com.example.app" permits "sync", with the background modes "fetch" and "processing"
    When the person opens the app, which registers "sync" while it launches

  @trace @conforms
  Scenario: Never launched
    When the app submits a refresh request for "sync", and it is accepted
    And the app cancels "sync"
    And 1 minute later, the person puts the device away, idle and locked, and 2 seconds later the app is suspended
    Then nothing else happens for 23 hours 58 minutes 50 seconds
    And the oracle says that the trace conforms
    And otherwise the oracle would blame the scheduler under LAU-9

  @trace @scheduler
  Scenario: Launched after its cancel
    When the app submits a processing request for "sync", and it is accepted
    And the app cancels "sync"
    And 1 minute later, the person puts the device away, idle and locked, and 2 seconds later the app is suspended
    Then 58 minutes 50 seconds later, the "sync" task is delivered as a processing task, and the app sets its expiration handler
    When 4 seconds later, the app completes the "sync" task as a success, and is suspended
    Then nothing else happens for 1 minute
    And the oracle blames the scheduler under LAU-9

  @run @conforms
  Scenario: On any scheduler: never launched
    When the app submits a refresh request for "sync"
    Then it is accepted
    When the app cancels "sync"
    And 1 minute later, the person puts the device away, idle and locked
    And 23 hours 58 minutes 52 seconds pass
    Then nothing is delivered
    And the oracle says that the trace conforms
