@rule:PEN-4 @os:26.0
Feature: PEN-4 Waiting may be listed
  Waiting continued requests may or may not be listed.

  Background:
    Given an iPhone with iOS 26.0
    And the app "com.example.app"
    And it permits "export.*"
    And its background modes: "processing"
    And the implementation declares continued_capacity = "1"
    When the person opens the app
    And the app finishes launching
    And 4 seconds later, the app registers a handler for "export.1", and it returns true
    And the app registers a handler for "export.2", and it returns true

  @trace @conforms
  Scenario: The waiting request is listed
    When the app submits a continued request for "export.1", titled "Export", subtitled "Starting", and it is accepted
    Then the "export.1" task is delivered as a continued task
    When the app sets the expiration handler of the "export.1" task
    And the app sets the progress of the "export.1" task, completed 0, total 100
    And 1 second later, the app submits a continued request for "export.2", titled "Export", subtitled "Starting", and it is accepted
    And the app asks for the pending requests, and it gets these requests:
      | identifier | kind      | titled   | subtitled  |
      | "export.2" | continued | "Export" | "Starting" |
    And 4 seconds later, the app sets the progress of the "export.1" task, completed 50
    And 4 seconds later, the app sets the progress of the "export.1" task, completed 100
    And the app completes the "export.1" task as a success
    Then the "export.2" task is delivered as a continued task
    When the app sets the expiration handler of the "export.2" task
    And the app sets the progress of the "export.2" task, completed 0, total 100
    And 5 seconds later, the app sets the progress of the "export.2" task, completed 50
    And 5 seconds later, the app sets the progress of the "export.2" task, completed 100
    And the app completes the "export.2" task as a success
    Then nothing else happens for 1 minute
    And the oracle says that the trace conforms

  @trace @conforms
  Scenario: The waiting request is not listed
    When the app submits a continued request for "export.1", titled "Export", subtitled "Starting", and it is accepted
    Then the "export.1" task is delivered as a continued task
    When the app sets the expiration handler of the "export.1" task
    And the app sets the progress of the "export.1" task, completed 0, total 100
    And 1 second later, the app submits a continued request for "export.2", titled "Export", subtitled "Starting", and it is accepted
    And the app asks for the pending requests, and it gets nothing
    And 4 seconds later, the app sets the progress of the "export.1" task, completed 50
    And 4 seconds later, the app sets the progress of the "export.1" task, completed 100
    And the app completes the "export.1" task as a success
    Then the "export.2" task is delivered as a continued task
    When the app sets the expiration handler of the "export.2" task
    And the app sets the progress of the "export.2" task, completed 0, total 100
    And 5 seconds later, the app sets the progress of the "export.2" task, completed 50
    And 5 seconds later, the app sets the progress of the "export.2" task, completed 100
    And the app completes the "export.2" task as a success
    Then nothing else happens for 1 minute
    And the oracle says that the trace conforms
    And otherwise the oracle would blame the scheduler under PEN-1
