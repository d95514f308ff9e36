@rule:CON-12 @os:18.0
Feature: CON-12 Launch is never owed
  A launch is never owed: with every condition met the scheduler may wait, or never launch. Only an
  implementation that declares a promptness is held to it. (Two days and use within the past week for
  processing are attempts, not duties.)

  Background:
    Given an iPhone with iOS 18.0
    And the app "com.example.app" permits "sync", with the background modes "fetch" and "processing"
    When the person opens the app, which registers "sync" while it launches
    And the app submits a refresh request for "sync", and it is accepted

  @trace @conforms
  Scenario: Launched after three days
    When 1 minute later, the person puts the device away, idle and locked, and 2 seconds later the app is suspended
    Then 2 days 23 hours 58 minutes 50 seconds later, the "sync" task is delivered as a refresh task, and the app sets its expiration handler
    When the app submits a refresh request for "sync", earliest in 2 hours, and it is accepted
    And 4 seconds later, the app completes the "sync" task as a success, and is suspended
    Then nothing else happens for 1 minute
    And the oracle says that the trace conforms

  @trace @conforms @scheduler
  Scenario: Never launched
    An implementation that declares a promptness is held to it.

    When 1 minute later, the person puts the device away, idle and locked, and 2 seconds later the app is suspended
    Then nothing else happens for 8 days 23 hours 58 minutes 50 seconds
    And the oracle says that the trace conforms
    And with promptness = "1 h", the oracle blames the scheduler under CON-12

  @run @conforms
  Scenario: On any scheduler: launched after three days
    When 1 minute later, the person puts the device away, idle and locked
    And 2 days 23 hours 58 minutes 52 seconds later, the runner grants a launch of "sync"
    Then the "sync" task is delivered as a refresh task, and the app sets its expiration handler and submits a refresh request for "sync", earliest in 2 hours
    When 4 seconds later, the app completes the "sync" task as a success
    And 1 minute passes
    Then the oracle says that the trace conforms
