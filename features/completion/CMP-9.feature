@rule:CMP-9 @os:18.0
Feature: CMP-9 Past may matter
  How often and how long an app is launched may depend on its past (failures, expiries, use of the
  app): nothing of it is promised, and no penalty for success: false is documented.

  Background:
    Given an iPhone with iOS 18.0
    And the app "com.example.app" permits "sync", with the background modes "fetch" and "processing"
    When the person opens the app, which registers "sync" while it launches
    And the app submits a refresh request for "sync", and it is accepted

  @trace @conforms
  Scenario: Launched as before
    When 1 minute later, the person puts the device away, idle and locked, and 2 seconds later the app is suspended
    Then 58 minutes 50 seconds later, the "sync" task is delivered as a refresh task, and the app sets its expiration handler and submits a refresh request for "sync", earliest in 1 hour, and it is accepted
    When 1 second later, the app completes the "sync" task as a failure, and is suspended
    Then 1 hour later, the 2nd "sync" task is delivered as a refresh task, and the app sets its expiration handler and submits a refresh request for "sync", earliest in 2 hours, and it is accepted
    When 4 seconds later, the app completes the 2nd "sync" task as a success, and is suspended
    Then 3 hours later, the 3rd "sync" task is delivered as a refresh task, and the app sets its expiration handler and submits a refresh request for "sync", earliest in 2 hours, and it is accepted
    When 4 seconds later, the app completes the 3rd "sync" task as a success, and is suspended
    Then nothing else happens for 1 minute
    And the oracle says that the trace conforms

  @trace @conforms
  Scenario: Not launched for days
    When 1 minute later, the person puts the device away, idle and locked, and 2 seconds later the app is suspended
    Then 58 minutes 50 seconds later, the "sync" task is delivered as a refresh task, and the app sets its expiration handler and submits a refresh request for "sync", earliest in 1 hour, and it is accepted
    When 1 second later, the app completes the "sync" task as a failure, and is suspended
    Then nothing else happens for 5 days 23 hours
    And the oracle says that the trace conforms

  @run @conforms
  Scenario: On any scheduler: launched as before
    When 1 minute later, the person puts the device away, idle and locked
    And 58 minutes 52 seconds later, the runner grants a launch of "sync"
    Then the "sync" task is delivered as a refresh task, and the app sets its expiration handler and submits a refresh request for "sync", earliest in 1 hour
    When 1 second later, the app completes the "sync" task as a failure
    And 1 hour later, the runner grants a launch of "sync"
    And the app sets the expiration handler of the 2nd "sync" task
    And the app submits a refresh request for "sync", earliest in 2 hours
    And 4 seconds later, the app completes the 2nd "sync" task as a success
    And 1 minute passes
    Then the oracle says that the trace conforms

  @run @conforms
  Scenario: On any scheduler: not launched for days
    When 1 minute later, the person puts the device away, idle and locked
    And 58 minutes 52 seconds later, the runner grants a launch of "sync"
    Then the "sync" task is delivered as a refresh task, and the app sets its expiration handler and submits a refresh request for "sync", earliest in 1 hour
    When 1 second later, the app completes the "sync" task as a failure
    And 5 days 23 hours pass
    Then the oracle says that the trace conforms
