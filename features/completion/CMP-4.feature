@rule:CMP-4 @os:18.0
Feature: CMP-4 Failure is not rerun
  success: false is not run again unless it is submitted again.

  Background:
    Given an iPhone with iOS 18.0
    And the app "com.example.app" permits "sync", with the background modes "fetch" and "processing"
    When the person opens the app, which registers "sync" while it launches

  @trace @conforms
  Scenario: It is not run again
    When the app submits a processing request for "sync", and it is accepted
    And 1 minute later, the person puts the device away, idle and locked, and 2 seconds later the app is suspended
    Then 58 minutes 50 seconds later, the "sync" task is delivered as a processing task, and the app sets its expiration handler
    When 9 seconds later, the app completes the "sync" task as a failure, and is suspended
    Then nothing else happens for 22 hours 59 minutes 51 seconds
    And the oracle says that the trace conforms
    And otherwise the oracle would blame the scheduler under CMP-4

  @trace @scheduler
  Scenario: It is run again by itself
    When the app submits a processing request for "sync", and it is accepted
    And 1 minute later, the person puts the device away, idle and locked, and 2 seconds later the app is suspended
    Then 58 minutes 50 seconds later, the "sync" task is delivered as a processing task, and the app sets its expiration handler
    When 9 seconds later, the app completes the "sync" task as a failure, and is suspended
    Then 59 minutes 51 seconds later, the 2nd "sync" task is delivered as a processing task, and the app sets its expiration handler
    When 4 seconds later, the app completes the 2nd "sync" task as a success, and is suspended
    Then nothing else happens for 1 minute
    And the oracle blames the scheduler under CMP-4

  @run @conforms
  Scenario: On any scheduler: it is not run again
    When the app submits a processing request for "sync"
    And 1 minute later, the person puts the device away, idle and locked
    And 58 minutes 52 seconds later, the runner grants a launch of "sync"
    Then the "sync" task is delivered as a processing task, and the app sets its expiration handler
    When 9 seconds later, the app completes the "sync" task as a failure
    And 22 hours 59 minutes 51 seconds pass
    Then the oracle says that the trace conforms

  @run @conforms
  Scenario: A grant after a failure
    When the app sets the expiration handler of the "sync" task and completes it as a failure, as soon as it is delivered
    And the app submits a processing request for "sync"
    And the app leaves the foreground
    And the device is now idle and locked
    And 1 hour later, the runner grants a launch of "sync", and 61 seconds pass
    Then the "sync" task is delivered as a processing task
    When 1 hour later, the runner grants a launch of "sync", and 61 seconds pass
    Then nothing is delivered
    And the oracle says that the trace conforms
