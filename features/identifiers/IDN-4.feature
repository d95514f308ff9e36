@rule:IDN-4 @os:26.0
Feature: IDN-4 Handler serves exact identifier
  A handler serves exactly the identifier it was registered under. A handler registered under a
  wildcard string serves no concrete identifier.

  Background:
    Given an iPhone with iOS 26.0
    And the app "com.example.app" permits "export.*", with the background modes "fetch" and "processing"

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
    When the person opens the app, which registers "export.1" while it launches
    And the app submits a processing request for "export.1", and it is accepted
    And 1 minute later, the person puts the device away, idle and locked, and 2 seconds later the app is suspended
    And 28 minutes 50 seconds later, memory runs short and the app is killed
    Then 30 minutes later, the app is launched in the background, for "export.1", and registers "export.2" while it launches
    And the "export.1" task is delivered as a processing task, and the app sets its expiration handler
    When 4 seconds later, the app completes the "export.1" task as a success, and is suspended
    Then nothing else happens for 1 minute
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
