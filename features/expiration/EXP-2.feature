@rule:EXP-2 @os:18.0
Feature: EXP-2 Processing runs for minutes
  A processing or health research task runs for minutes; no number is documented. Where the setting
  has a number the task is expired by then.

  Background:
    Given an iPhone with iOS 18.0
    And the app "com.example.app" permits "sync", with the background modes "fetch" and "processing"
    When the person opens the app, which registers "sync" while it launches
    And the app submits a processing request for "sync", and it is accepted

  @trace @conforms
  Scenario: Expired after three minutes
    When 1 minute later, the person puts the device away, idle and locked, and 2 seconds later the app is suspended
    Then 58 minutes 50 seconds later, the "sync" task is delivered as a processing task, and the app sets its expiration handler
    And 3 minutes later, the "sync" task is expired, and the app completes it as a failure and is suspended
    And nothing else happens for 1 minute
    And the oracle says that the trace conforms

  @trace @conforms @scheduler
  Scenario: It runs for nine minutes
    Where the budget is declared, it has to be expired by then.

    When 1 minute later, the person puts the device away, idle and locked, and 2 seconds later the app is suspended
    Then 58 minutes 50 seconds later, the "sync" task is delivered as a processing task, and the app sets its expiration handler
    When 9 minutes later, the app completes the "sync" task as a success, and is suspended
    Then nothing else happens for 1 minute
    And the oracle says that the trace conforms
    And with processing_budget = "5 min", the oracle blames the scheduler under EXP-2

  @run @conforms
  Scenario: On any scheduler: expired after three minutes
    When 1 minute later, the person puts the device away, idle and locked
    And 58 minutes 52 seconds later, the runner grants a launch of "sync"
    Then the "sync" task is delivered as a processing task, and the app sets its expiration handler
    When 3 minutes later, the runner takes back the time of the "sync" task
    And the app completes the "sync" task as a failure
    And 1 minute passes
    Then the oracle says that the trace conforms
