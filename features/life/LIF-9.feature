@rule:LIF-9 @os:26.0
Feature: LIF-9 Tasks go on in foreground
  In words: when the app comes to the foreground a running refresh task goes on under its own clock; a
  continued task goes on too.

  Background:
    Given an iPhone with iOS 26.0, calm
    And the app "com.example.app" permits "export.*", with the background modes "processing"
    When the person opens the app, which registers nothing while it launches

  @trace @conforms
  Scenario: The continued task goes on
    When 4 seconds later, the app starts a continued task for "export.1", at 0 of 100, titled "Export", subtitled "Starting"
    And 1 second later, the app leaves the foreground, and the card of the "export.1" task appears, titled "Export", subtitled "Starting"
    And 9 seconds later, the app sets the progress of the "export.1" task, completed 20
    And 1 second later, the app comes to the foreground
    And 6 seconds later, the app sets the progress of the "export.1" task, completed 50, 5 seconds later completed 100, and completes it as a success
    Then nothing else happens for 1 minute
    And the oracle says that the trace conforms
    And otherwise the oracle would blame the scheduler under LIF-9

  @trace @scheduler
  Scenario: The continued task is expired because the app returns
    When 4 seconds later, the app starts a continued task for "export.1", at 0 of 100, titled "Export", subtitled "Starting"
    And 1 second later, the app leaves the foreground, and the card of the "export.1" task appears, titled "Export", subtitled "Starting"
    And 9 seconds later, the app sets the progress of the "export.1" task, completed 20
    And 1 second later, the app comes to the foreground
    Then 1 second later, the "export.1" task is expired, and the app completes it as a failure
    And nothing else happens for 1 minute
    And the oracle blames the scheduler under LIF-9

  @run @conforms
  Scenario: On any scheduler: the continued task goes on
    When 4 seconds later, the app registers and submits a continued request for "export.1", titled "Export", subtitled "Starting"
    Then the "export.1" task is delivered as a continued task, and the app sets its expiration handler and its progress, completed 0, total 100
    When 1 second later, the app leaves the foreground
    And 9 seconds later, the app sets the progress of the "export.1" task, completed 20
    And 1 second later, the app comes to the foreground
    And 6 seconds later, the app sets the progress of the "export.1" task, completed 50, 5 seconds later completed 100, and completes it as a success
    And 1 minute passes
    Then the oracle says that the trace conforms
