@rule:EXP-13 @os:18.0
Feature: EXP-13 Registration queue not blocked
  The app does not block the registration queue of a task while that task runs. While it does, the
  scheduler's duties to call for that task (EXP-1, EXP-9, UIX-3) wait, unless `expiration_queue` is
  `background`. Other queues do not count.

  Background:
    Given an iPhone with iOS 18.0
    And the app "com.example.app" permits "sync", with the background modes "fetch" and "processing"
    When the person opens the app, which registers "sync" on the queue "work" while it launches
    And the app submits a refresh request for "sync", and it is accepted

  @trace @conforms
  Scenario: The queue is free while the task runs
    When 1 minute later, the person puts the device away, idle and locked, and 2 seconds later the app is suspended
    Then 58 minutes 50 seconds later, the "sync" task is delivered as a refresh task, on the queue "work", and the app sets its expiration handler
    When the app submits a refresh request for "sync", earliest in 2 hours, and it is accepted
    And 5 seconds later, the app completes the "sync" task as a success, and is suspended
    Then nothing else happens for 1 minute
    And the oracle says that the trace conforms

  @trace @app
  Scenario: The queue is blocked while the task runs
    When 1 minute later, the person puts the device away, idle and locked, and 2 seconds later the app is suspended
    Then 58 minutes 50 seconds later, the "sync" task is delivered as a refresh task, on the queue "work", and the app sets its expiration handler
    When the app submits a refresh request for "sync", earliest in 2 hours, and it is accepted
    And the app blocks the queue "work"
    And 5 seconds later, the app unblocks the queue "work"
    And the app completes the "sync" task as a success, and is suspended
    Then nothing else happens for 1 minute
    And the oracle blames the app under EXP-13

  @trace @app
  Scenario: Its time is taken back while the queue is blocked: the call waits until the queue is free
    When 1 minute later, the person puts the device away, idle and locked, and 2 seconds later the app is suspended
    And 58 minutes 50 seconds later, the runner grants a launch of "sync"
    Then the "sync" task is delivered as a refresh task, on the queue "work", and the app sets its expiration handler
    When the app submits a refresh request for "sync", earliest in 2 hours, and it is accepted
    And the app blocks the queue "work"
    And 5 seconds later, the runner takes back the time of the "sync" task
    And 5 seconds later, the app unblocks the queue "work"
    Then the "sync" task is expired, and the app completes it as a failure and is suspended
    And nothing else happens for 1 minute
    And the oracle blames the app under EXP-13

  @run @conforms
  Scenario: On any scheduler: the queue is free while the task runs
    When 1 minute later, the person puts the device away, idle and locked
    And 58 minutes 52 seconds later, the runner grants a launch of "sync"
    Then the "sync" task is delivered as a refresh task, and the app sets its expiration handler and submits a refresh request for "sync", earliest in 2 hours
    When 5 seconds later, the app completes the "sync" task as a success
    And 1 minute passes
    Then the oracle says that the trace conforms

  @run @app
  Scenario: On any scheduler: the queue is blocked while the task runs
    When 1 minute later, the person puts the device away, idle and locked
    And 58 minutes 52 seconds later, the runner grants a launch of "sync"
    Then the "sync" task is delivered as a refresh task, and the app sets its expiration handler and submits a refresh request for "sync", earliest in 2 hours
    When the app blocks the queue "work"
    And 5 seconds later, the app unblocks the queue "work"
    And the app completes the "sync" task as a success
    And 1 minute passes
    Then the oracle blames the app under EXP-13
