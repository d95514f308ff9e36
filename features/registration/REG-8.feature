@rule:REG-8 @os:18.0
Feature: REG-8 Registration lasts for process
  A registration lasts for its process: it survives backgrounding and suspension, it is gone in the
  next process, and nothing unregisters it.

  Background:
    Given an iPhone with iOS 18.0
    And the app "com.example.app" permits "sync", with the background modes "fetch" and "processing"
    When the person opens the app
    And the app registers a handler for "sync", and it returns true
    And the app finishes launching

  @trace @conforms
  Scenario: The handler is still there after suspension
    When the app submits a refresh request for "sync", and it is accepted
    And 1 minute later, the person puts the device away, idle and locked, and 2 seconds later the app is suspended
    Then 58 minutes 50 seconds later, the "sync" task is delivered as a refresh task, and the app sets its expiration handler and submits a refresh request for "sync", earliest in 2 hours, and it is accepted
    When 4 seconds later, the app completes the "sync" task as a success, and is suspended
    Then nothing else happens for 1 minute
    And the oracle says that the trace conforms
    And otherwise the oracle would blame the scheduler under REG-8

  @trace @scheduler
  Scenario: The registration of the dead process is held against the next one
    When 1 minute later, the app leaves the foreground, and 5 seconds later it is suspended
    And 1 minute later, memory runs short and the app is killed
    And 1 minute later, the person opens the app
    And the app registers a handler for "sync", and it raises "Launch handler for task with identifier com.example.app.sync has already been registered"
    And the app crashes
    Then nothing else happens for 1 second
    And the oracle blames the scheduler under REG-8

  @run @conforms
  Scenario: On any scheduler: the handler is still there after suspension
    When the app submits a refresh request for "sync"
    And 1 minute later, the person puts the device away, idle and locked
    And 58 minutes 52 seconds later, the runner grants a launch of "sync"
    Then the "sync" task is delivered as a refresh task, and the app sets its expiration handler and submits a refresh request for "sync", earliest in 2 hours
    When 4 seconds later, the app completes the "sync" task as a success
    And 1 minute passes
    Then the oracle says that the trace conforms
