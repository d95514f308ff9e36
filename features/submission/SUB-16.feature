@rule:SUB-16 @os:26.0
Feature: SUB-16 Submit continued in foreground
  Continued processing is submitted while the app is in the foreground.

  Background:
    Given an iPhone with iOS 26.0
    And the app "com.example.app"
    And it permits "export.*"
    And its background modes: "processing"
    When the person opens the app
    And the app finishes launching
    And 4 seconds later, the app registers a handler for "export.1", and it returns true

  @trace @conforms
  Scenario: Submitted in the foreground
    When the app submits a continued request for "export.1", titled "Export", subtitled "Starting", and it is accepted
    Then the "export.1" task is delivered as a continued task
    When the app sets the expiration handler of the "export.1" task
    And the app sets the progress of the "export.1" task, completed 0, total 100
    And 5 seconds later, the app sets the progress of the "export.1" task, completed 50
    And 5 seconds later, the app sets the progress of the "export.1" task, completed 100
    And the app completes the "export.1" task as a success
    Then nothing else happens for 1 minute
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
    Then the "export.1" task is delivered as a continued task
    When the app sets the expiration handler of the "export.1" task
    And the app sets the progress of the "export.1" task, completed 0, total 100
    And 5 seconds later, the app sets the progress of the "export.1" task, completed 50
    And 5 seconds later, the app sets the progress of the "export.1" task, completed 100
    And the app completes the "export.1" task as a success
    And 1 minute passes
    Then the oracle says that the trace conforms

  @run @app
  Scenario: On any scheduler: submitted in the background
    When the app leaves the foreground
    And 4 seconds later, the app submits a continued request for "export.1", titled "Export", subtitled "Starting"
    Then in the contract profile, it is refused
    When 1 second passes
    Then the oracle blames the app under SUB-16
