@rule:EXP-2 @os:18.0
Feature: EXP-2 Processing runs for minutes
  A processing or health research task runs for minutes; no number is documented. Where the setting
  has a number the task is expired by then.

  Background:
    Given an iPhone with iOS 18.0
    And the app "com.example.app"
    And it permits "sync"
    And its background modes: "fetch" and "processing"
    When the person opens the app
    And the app registers a handler for "sync", and it returns true
    And the app finishes launching
    And the app submits a processing request for "sync", and it is accepted
    And 1 minute later, the app leaves the foreground
    And 8 seconds later, the device is now idle and locked

  @trace @conforms
  Scenario: Expired after three minutes
    Then 2 seconds later, the app is suspended
    And 58 minutes 50 seconds later, the "sync" task is delivered as a processing task
    When the app sets the expiration handler of the "sync" task
    Then 3 minutes later, the "sync" task is expired
    When the app completes the "sync" task as a failure
    Then the app is suspended
    And nothing else happens for 1 minute
    And the oracle says that the trace conforms

  @trace @conforms @scheduler
  Scenario: It runs for nine minutes
    Where the budget is declared, it has to be expired by then.

    Then 2 seconds later, the app is suspended
    And 58 minutes 50 seconds later, the "sync" task is delivered as a processing task
    When the app sets the expiration handler of the "sync" task
    And 9 minutes later, the app completes the "sync" task as a success
    Then the app is suspended
    And nothing else happens for 1 minute
    And the oracle says that the trace conforms
    And with processing_budget = "5 min", the oracle blames the scheduler under EXP-2

  @run @conforms
  Scenario: On any scheduler: expired after three minutes
    When 58 minutes 52 seconds later, the runner grants a launch of "sync"
    Then the "sync" task is delivered as a processing task
    When the app sets the expiration handler of the "sync" task
    And 3 minutes later, the runner takes back the time of the "sync" task
    And the app completes the "sync" task as a failure
    And 1 minute passes
    Then the oracle says that the trace conforms
