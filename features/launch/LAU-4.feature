@rule:LAU-4 @os:18.0
Feature: LAU-4 One launch several tasks
  One launch may deliver several tasks, in any order, running side by side.

  Background:
    Given an iPhone with iOS 18.0
    And the app "com.example.app" permits "sync" and "clean", with the background modes "fetch" and "processing"
    When the person opens the app, which registers "sync" and "clean" while it launches
    And 1 second later, the app submits a refresh request for "sync", and it is accepted
    And the app submits a processing request for "clean", and it is accepted
    And 59 seconds later, the person puts the device away, idle and locked, and 2 seconds later the app is suspended
    And 28 minutes 50 seconds later, memory runs short and the app is killed
    Then 30 minutes later, the app is launched in the background, for "sync" and "clean", and registers "sync" and "clean" while it launches

  @trace @conforms
  Scenario: Both in one launch
    Then the "clean" task is delivered as a processing task, and the app sets its expiration handler
    And the "sync" task is delivered as a refresh task, and the app sets its expiration handler and submits a refresh request for "sync", earliest in 4 hours, and it is accepted
    When 5 seconds later, the app completes the "sync" task as a success
    And 9 seconds later, the app completes the "clean" task as a success, and is suspended
    Then nothing else happens for 1 minute
    And the oracle says that the trace conforms

  @trace @conforms
  Scenario: Both in one launch, the other way round
    Then the "sync" task is delivered as a refresh task, and the app sets its expiration handler
    And the "clean" task is delivered as a processing task, and the app sets its expiration handler and submits a refresh request for "sync", earliest in 4 hours, and it is accepted
    When 5 seconds later, the app completes the "sync" task as a success
    And 9 seconds later, the app completes the "clean" task as a success, and is suspended
    Then nothing else happens for 1 minute
    And the oracle says that the trace conforms
