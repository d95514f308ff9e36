@rule:PEN-2 @os:18.0
Feature: PEN-2 Running may be listed
  The request of a running task: the reference says 'unexecuted' (not listed), the header 'not yet
  completed' (listed). Both are allowed; with the limit of one refresh the first is likelier (SUB-8).

  Background:
    Given an iPhone with iOS 18.0
    And the app "com.example.app" permits "sync", with the background modes "fetch" and "processing"
    When the person opens the app, which registers "sync" while it launches
    And the app submits a processing request for "sync", and it is accepted

  @trace @conforms
  Scenario: The running task's request is listed
    When 1 minute later, the person puts the device away, idle and locked, and 2 seconds later the app is suspended
    Then 58 minutes 50 seconds later, the "sync" task is delivered as a processing task, and the app sets its expiration handler
    When the app asks for the pending requests, and it gets these requests:
      | identifier | kind       |
      | "sync"     | processing |
    And 4 seconds later, the app completes the "sync" task as a success, and is suspended
    Then nothing else happens for 1 minute
    And the oracle says that the trace conforms

  @trace @conforms @scheduler
  Scenario: The running task's request is not listed
    When 1 minute later, the person puts the device away, idle and locked, and 2 seconds later the app is suspended
    Then 58 minutes 50 seconds later, the "sync" task is delivered as a processing task, and the app sets its expiration handler
    When the app asks for the pending requests, and it gets nothing
    And 4 seconds later, the app completes the "sync" task as a success, and is suspended
    Then nothing else happens for 1 minute
    And the oracle says that the trace conforms
    And with pending_includes_running = "yes", the oracle blames the scheduler under PEN-1

  @run @conforms
  Scenario: On any scheduler: the running task's request is listed
    When 1 minute later, the person puts the device away, idle and locked
    And 58 minutes 52 seconds later, the runner grants a launch of "sync"
    Then the "sync" task is delivered as a processing task, and the app sets its expiration handler
    When the app asks for the pending requests
    And 4 seconds later, the app completes the "sync" task as a success
    And 1 minute passes
    Then the oracle says that the trace conforms
