@rule:SUB-2 @rule:SUB-27 @os:18.0
Feature: SUB-2 No handler raises
  The app submitting a permitted identifier that has no handler in its process raises 'No launch
  handler registered for task with identifier <id>', and the process dies; nothing is accepted. An
  extension is exempt. Where a reason for a refusal holds too, that error may come instead (SUB-23).
  (The page says that the task must be registered before; that the call raises was observed.)

  Background:
    Given an iPhone with iOS 18.0
    And the app "com.example.app" permits "sync", with the background modes "fetch" and "processing"
    When the person opens the app, which registers nothing while it launches

  @trace @app
  Scenario: No handler: it raises
    When 1 second later, the app submits a refresh request for "sync", and it raises "No launch handler registered for task with identifier com.example.app.sync"
    And the app crashes
    Then nothing else happens for 1 second
    And the oracle blames the app under SUB-27
    And otherwise the oracle would blame the scheduler under SUB-2

  @trace @scheduler @app
  Scenario: No handler, and it succeeds
    When 1 second later, the app submits a refresh request for "sync", and it is accepted
    Then nothing else happens for 1 second
    And the oracle blames the app under SUB-27
    And the oracle blames the scheduler under SUB-2

  @run @app
  Scenario: On any scheduler: no handler: it raises
    When 1 second later, the app submits a refresh request for "sync"
    Then it raises "No launch handler registered for task with identifier com.example.app.sync"
    When 1 second passes
    Then the oracle blames the app under SUB-27
