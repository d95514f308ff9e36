@rule:SUB-16 @os:26.0
Feature: SUB-16 Submit continued in foreground
  Continued processing is submitted while the app is in the foreground.

  Background:
    Given an iPhone with iOS 26.0
    And the app "com.example.app" permits "export.*", with the background modes "processing"
    When the person opens the app, which registers nothing while it launches
    And 4 seconds later, the app registers a handler for "export.1", and it returns true

  @trace @conforms
  Scenario: Submitted in the foreground
    When the app submits a continued request for "export.1", titled "Export", subtitled "Starting", and it is accepted
    Then the "export.1" task is delivered as a continued task, and the app works it off: 0 of 100 units, 5 seconds later 50, 5 seconds later 100, as a success
    And nothing else happens for 1 minute
    And the oracle says that the trace conforms
    And otherwise the oracle would blame the app under SUB-16

  @trace @app
  Scenario: Submitted in the background
    When the app leaves the foreground
    And 4 seconds later, the app submits a continued request for "export.1", titled "Export", subtitled "Starting", and it is refused with notPermitted
    Then nothing else happens for 1 second
    And the oracle blames the app under SUB-16

  @run @conforms
  Scenario: On any scheduler: submitted in the foreground
    When the app submits a continued request for "export.1", titled "Export", subtitled "Starting"
    Then the "export.1" task is delivered as a continued task, and the app works it off: 0 of 100 units, 5 seconds later 50, 5 seconds later 100, as a success
    When 1 minute passes
    Then the oracle says that the trace conforms

  @run @app
  Scenario: On any scheduler: submitted in the background
    When the app leaves the foreground
    And 4 seconds later, the app submits a continued request for "export.1", titled "Export", subtitled "Starting"
    Then in the contract profile, it is refused
    When 1 second passes
    Then the oracle blames the app under SUB-16
