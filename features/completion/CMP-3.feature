@rule:CMP-3 @os:18.0
Feature: CMP-3 Completed once from one place
  A task is completed once, from one place, and never as a success after it expired or while its work
  still runs.

  Background:
    Given an iPhone with iOS 18.0
    And the app "com.example.app" permits "sync", with the background modes "fetch" and "processing"
    When the person opens the app, which registers "sync" while it launches
    And the app submits a refresh request for "sync", and it is accepted

  @trace @conforms
  Scenario: A success after the expiry and a completion
    When 1 minute later, the person puts the device away, idle and locked, and 2 seconds later the app is suspended
    Then 58 minutes 50 seconds later, the "sync" task is delivered as a refresh task, and the app sets its expiration handler and submits a refresh request for "sync", earliest in 2 hours, and it is accepted
    And 4 seconds later, the "sync" task is expired, and the app completes it as a failure
    When the app completes the "sync" task as a success, and is suspended
    Then nothing else happens for 1 minute
    And the oracle says that the trace conforms
    And the oracle advises CMP-3

  @run @conforms
  Scenario: On any scheduler: a success after the expiry and a completion
    When 1 minute later, the person puts the device away, idle and locked
    And 58 minutes 52 seconds later, the runner grants a launch of "sync"
    Then the "sync" task is delivered as a refresh task, and the app sets its expiration handler and submits a refresh request for "sync", earliest in 2 hours
    When 4 seconds later, the runner takes back the time of the "sync" task
    And the app completes the "sync" task as a failure
    And the app completes the "sync" task as a success
    And 1 minute passes
    Then the oracle says that the trace conforms
    And the oracle advises CMP-3

  @trace @conforms
  Scenario: A success while its work still runs
    When 1 minute later, the person puts the device away, idle and locked, and 2 seconds later the app is suspended
    Then 58 minutes 50 seconds later, the "sync" task is delivered as a refresh task, and the app sets its expiration handler and submits a refresh request for "sync", earliest in 2 hours, and it is accepted
    When the app begins the work of "sync"
    And 1 second later, the app completes the "sync" task as a success
    And 2 seconds later, the app ends the work of "sync"
    Then nothing else happens for 1 minute
    And the oracle says that the trace conforms
    And the oracle advises CMP-3

  @run @conforms
  Scenario: On any scheduler: a success while its work still runs
    When 1 minute later, the person puts the device away, idle and locked
    And 58 minutes 52 seconds later, the runner grants a launch of "sync"
    Then the "sync" task is delivered as a refresh task, and the app sets its expiration handler and submits a refresh request for "sync", earliest in 2 hours
    When the app begins the work of "sync"
    And 1 second later, the app completes the "sync" task as a success
    And 2 seconds later, the app ends the work of "sync"
    And 1 minute passes
    Then the oracle says that the trace conforms
    And the oracle advises CMP-3
