@rule:EXP-8 @os:18.0
Feature: EXP-8 Tasks of launch expire together
  The time is given to the launch, not to the task: tasks of one launch may expire together, at any
  moment that one of them may.

  Background:
    Given an iPhone with iOS 18.0
    And the app "com.example.app" permits "sync" and "clean", with the background modes "fetch" and "processing"
    When the person opens the app, which registers "sync" and "clean" while it launches
    And 1 second later, the app submits a refresh request for "sync", and it is accepted
    And the app submits a processing request for "clean", and it is accepted
    And 59 seconds later, the person puts the device away, idle and locked, and 2 seconds later the app is suspended
    And 28 minutes 50 seconds later, memory runs short and the app is killed
    Then 30 minutes later, the app is launched in the background, for "sync" and "clean", and registers "sync" and "clean" while it launches
    And the "sync" task is delivered as a refresh task, and the app sets its expiration handler and submits a refresh request for "sync", earliest in 4 hours, and it is accepted
    And the "clean" task is delivered as a processing task, and the app sets its expiration handler

  @trace @conforms
  Scenario: Both tasks of the launch expire together
    Then 25 seconds later, the "sync" task is expired
    And the "clean" task is expired
    When the app completes the "sync" task as a failure
    And the app completes the "clean" task as a failure, and is suspended
    Then nothing else happens for 1 minute
    And the oracle says that the trace conforms

  @trace @conforms
  Scenario: The refresh expires, the other task goes on for minutes
    Then 25 seconds later, the "sync" task is expired, and the app completes it as a failure
    And 4 minutes later, the "clean" task is expired, and the app completes it as a failure and is suspended
    And nothing else happens for 1 minute
    And the oracle says that the trace conforms
