@rule:IDN-4 @os:26.0
Feature: IDN-4 Handler serves exact identifier
  A handler serves exactly the identifier it was registered under. A handler registered under a
  wildcard string serves no concrete identifier.

  Background:
    Given an iPhone with iOS 26.0
    And the app "com.example.app"
    And it permits "export.*"
    And its background modes: "fetch" and "processing"

  @trace @rule:SUB-27 @app
  Scenario: No handler serves the concrete identifier
    When the person opens the app
    And the app registers a handler for "export.*", and it returns false
    And the app finishes launching
    And 1 second later, the app submits a continued request for "export.1", titled "Export", subtitled "Starting", and it raises "No launch handler registered for task with identifier com.example.app.export.1"
    And the app crashes
    Then nothing else happens for 1 second
    And the oracle blames the app under SUB-27

  @trace @rule:CFG-9 @scheduler @app
  Scenario: The process has a handler for another identifier of the entry only, and gets the task
    When the person opens the app
    And the app registers a handler for "export.1", and it returns true
    And the app finishes launching
    And the app submits a processing request for "export.1", and it is accepted
    And 1 minute later, the app leaves the foreground
    And 8 seconds later, the device is now idle and locked
    Then 2 seconds later, the app is suspended
    When 28 minutes 50 seconds later, memory runs short and the app is killed
    Then 30 minutes later, the app is launched in the background, for "export.1"
    When the app registers a handler for "export.2", and it returns true
    And the app finishes launching
    Then the "export.1" task is delivered as a processing task
    When the app sets the expiration handler of the "export.1" task
    And 4 seconds later, the app completes the "export.1" task as a success
    Then the app is suspended
    And nothing else happens for 1 minute
    And the oracle blames the app under CFG-9
    And the oracle blames the scheduler under IDN-4

  @run @rule:SUB-27 @app
  Scenario: On any scheduler: no handler serves the concrete identifier
    When the person opens the app
    And the app registers a handler for "export.*"
    And the app finishes launching
    And 1 second later, the app submits a continued request for "export.1", titled "Export", subtitled "Starting"
    Then it raises "No launch handler registered", or it is refused with tooManyPendingTaskRequests
    When 1 second passes
    Then the oracle blames the app under SUB-27
