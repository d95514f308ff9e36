@rule:PEN-2 @os:18.0
Feature: PEN-2 Running may be listed
  The request of a running task: the reference says 'unexecuted' (not listed), the header 'not yet
  completed' (listed). Both are allowed; with the limit of one refresh the first is likelier (SUB-8).

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
  Scenario: The running task's request is listed
    Then 2 seconds later, the app is suspended
    And 58 minutes 50 seconds later, the "sync" task is delivered as a processing task
    When the app sets the expiration handler of the "sync" task
    And the app asks for the pending requests, and it gets these requests:
      | identifier | kind       |
      | "sync"     | processing |
    And 4 seconds later, the app completes the "sync" task as a success
    Then the app is suspended
    And nothing else happens for 1 minute
    And the oracle says that the trace conforms

  @trace @conforms @scheduler
  Scenario: The running task's request is not listed
    Then 2 seconds later, the app is suspended
    And 58 minutes 50 seconds later, the "sync" task is delivered as a processing task
    When the app sets the expiration handler of the "sync" task
    And the app asks for the pending requests, and it gets nothing
    And 4 seconds later, the app completes the "sync" task as a success
    Then the app is suspended
    And nothing else happens for 1 minute
    And the oracle says that the trace conforms
    And with pending_includes_running = "yes", the oracle blames the scheduler under PEN-1

  @run @conforms
  Scenario: On any scheduler: the running task's request is listed
    When 58 minutes 52 seconds later, the runner grants a launch of "sync"
    Then the "sync" task is delivered as a processing task
    When the app sets the expiration handler of the "sync" task
    And the app asks for the pending requests
    And 4 seconds later, the app completes the "sync" task as a success
    And 1 minute passes
    Then the oracle says that the trace conforms
