@rule:PRG-11 @os:26.0
Feature: PRG-11 Fine progress
  Progress is fine enough to move well within the stall time-out (bytes, not files), written to
  completedUnitCount directly, and seeded at the start.

  Background:
    Given an iPhone with iOS 26.0
    And the app "com.example.app" permits "export.*", with the background modes "processing"
    When the person opens the app, which registers nothing while it launches

  @trace @conforms
  Scenario: No progress is set at the start, and two steps in a minute
    When 4 seconds later, the app registers and submits a continued request for "export.1", titled "Export", subtitled "Starting", and it is accepted
    Then the "export.1" task is delivered as a continued task, and the app sets its expiration handler
    When 28 seconds later, the app sets the progress of the "export.1" task, completed 50, total 100
    And 28 seconds later, the app sets the progress of the "export.1" task, completed 100, and completes it as a success
    Then nothing else happens for 1 minute
    And the oracle says that the trace conforms
    And the oracle advises PRG-11

  @run @conforms
  Scenario: On any scheduler: no progress is set at the start, and two steps in a minute
    When 4 seconds later, the app registers and submits a continued request for "export.1", titled "Export", subtitled "Starting"
    Then the "export.1" task is delivered as a continued task, and the app sets its expiration handler
    When 28 seconds later, the app sets the progress of the "export.1" task, completed 50, total 100
    And 28 seconds later, the app sets the progress of the "export.1" task, completed 100, and completes it as a success
    And 1 minute passes
    Then the oracle says that the trace conforms
    And the oracle advises PRG-11
