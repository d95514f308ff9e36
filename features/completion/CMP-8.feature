@rule:CMP-8 @rule:CMP-3 @os:18.0
Feature: CMP-8 Late completion touches no later task
  A late completion of an earlier task touches no later task of the same identifier.

  Background:
    Given an iPhone with iOS 18.0
    And the app "com.example.app" permits "sync", with the background modes "fetch" and "processing"
    When the person opens the app, which registers "sync" while it launches
    And the app submits a processing request for "sync", and it is accepted

  @trace @conforms
  Scenario: The later task goes on
    When 1 minute later, the person puts the device away, idle and locked, and 2 seconds later the app is suspended
    Then 58 minutes 50 seconds later, the "sync" task is delivered as a processing task, and the app sets its expiration handler
    When 4 seconds later, the app submits a processing request for "sync", and it is accepted
    And 1 second later, the app completes the "sync" task as a success
    Then 1 second later, the 2nd "sync" task is delivered as a processing task, and the app sets its expiration handler
    When 4 seconds later, the app completes the "sync" task as a success
    Then 2 minutes later, the 2nd "sync" task is expired, and the app completes it as a failure and is suspended
    And nothing else happens for 1 minute
    And the oracle says that the trace conforms
    And otherwise the oracle would blame the scheduler under CMP-8
    And the oracle advises CMP-3

  @trace @scheduler
  Scenario: The later task is over, and the process is suspended
    When 1 minute later, the person puts the device away, idle and locked, and 2 seconds later the app is suspended
    Then 58 minutes 50 seconds later, the "sync" task is delivered as a processing task, and the app sets its expiration handler
    When 4 seconds later, the app submits a processing request for "sync", and it is accepted
    And 1 second later, the app completes the "sync" task as a success
    Then 1 second later, the 2nd "sync" task is delivered as a processing task, and the app sets its expiration handler
    When 4 seconds later, the app completes the "sync" task as a success
    Then 1 second later, the app is suspended, and nothing else happens for 1 minute
    And the oracle blames the scheduler under CMP-8
    And the oracle advises CMP-3

  @run @conforms
  Scenario: On any scheduler: the later task goes on
    When 1 minute later, the person puts the device away, idle and locked
    And 58 minutes 52 seconds later, the runner grants a launch of "sync"
    Then the "sync" task is delivered as a processing task, and the app sets its expiration handler and submits a processing request for "sync"
    When 5 seconds later, the app completes the "sync" task as a success
    And 1 second later, the runner grants a launch of "sync"
    And the app sets the expiration handler of the 2nd "sync" task
    And 4 seconds later, the app completes the "sync" task as a success
    And 2 minutes later, the runner takes back the time of the 2nd "sync" task
    And the app completes the 2nd "sync" task as a failure
    And 1 minute passes
    Then the oracle says that the trace conforms
    And the oracle advises CMP-3
