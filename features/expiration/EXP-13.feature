@rule:EXP-13 @os:18.0
Feature: EXP-13 Registration queue not blocked
  The app does not block the registration queue of a task while that task runs. While it does, the
  scheduler's duties to call for that task (EXP-1, EXP-9, UIX-3) wait, unless `expiration_queue` is
  `background`. Other queues do not count.

  Background:
    Given an iPhone with iOS 18.0
    And the app "com.example.app"
    And it permits "sync"
    And its background modes: "fetch" and "processing"
    When the person opens the app
    And the app registers a handler for "sync", on the queue "work", and it returns true
    And the app finishes launching
    And the app submits a refresh request for "sync", and it is accepted
    And 1 minute later, the app leaves the foreground
    And 8 seconds later, the device is now idle and locked

  @trace @conforms
  Scenario: The queue is free while the task runs
    Then 2 seconds later, the app is suspended
    And 58 minutes 50 seconds later, the "sync" task is delivered as a refresh task, on the queue "work"
    When the app sets the expiration handler of the "sync" task
    And the app submits a refresh request for "sync", earliest in 2 hours, and it is accepted
    And 5 seconds later, the app completes the "sync" task as a success
    Then the app is suspended
    And nothing else happens for 1 minute
    And the oracle says that the trace conforms

  @trace @app
  Scenario: The queue is blocked while the task runs
    Then 2 seconds later, the app is suspended
    And 58 minutes 50 seconds later, the "sync" task is delivered as a refresh task, on the queue "work"
    When the app sets the expiration handler of the "sync" task
    And the app submits a refresh request for "sync", earliest in 2 hours, and it is accepted
    And the app blocks the queue "work"
    And 5 seconds later, the app unblocks the queue "work"
    And the app completes the "sync" task as a success
    Then the app is suspended
    And nothing else happens for 1 minute
    And the oracle blames the app under EXP-13

  @run @conforms
  Scenario: On any scheduler: the queue is free while the task runs
    When 58 minutes 52 seconds later, the runner grants a launch of "sync"
    Then the "sync" task is delivered as a refresh task
    When the app sets the expiration handler of the "sync" task
    And the app submits a refresh request for "sync", earliest in 2 hours
    And 5 seconds later, the app completes the "sync" task as a success
    And 1 minute passes
    Then the oracle says that the trace conforms

  @run @app
  Scenario: On any scheduler: the queue is blocked while the task runs
    When 58 minutes 52 seconds later, the runner grants a launch of "sync"
    Then the "sync" task is delivered as a refresh task
    When the app sets the expiration handler of the "sync" task
    And the app submits a refresh request for "sync", earliest in 2 hours
    And the app blocks the queue "work"
    And 5 seconds later, the app unblocks the queue "work"
    And the app completes the "sync" task as a success
    And 1 minute passes
    Then the oracle blames the app under EXP-13
