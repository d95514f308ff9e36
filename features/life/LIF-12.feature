@rule:LIF-12 @os:26.0
Feature: LIF-12 Boost on return
  A running task's work may get a lower priority in the background and is boosted when the app returns
  to the foreground; the task itself goes on, the same one.

  Background:
    Given an iPhone with iOS 26.0
    And the device is calm
    And the app "com.example.app"
    And it permits "export.*"
    And its background modes: "processing"
    When the person opens the app
    And the app finishes launching
    And 4 seconds later, the app registers a handler for "export.1", and it returns true

  @trace @conforms
  Scenario: The same task goes on
    When the app submits a continued request for "export.1", titled "Export", subtitled "Starting", and it is accepted
    Then the "export.1" task is delivered as a continued task
    When the app sets the expiration handler of the "export.1" task
    And the app sets the progress of the "export.1" task, completed 0, total 100
    And 1 second later, the app leaves the foreground
    Then the card of the "export.1" task appears, titled "Export", subtitled "Starting"
    When 9 seconds later, the app sets the progress of the "export.1" task, completed 20
    And 1 second later, the app comes to the foreground
    And 6 seconds later, the app sets the progress of the "export.1" task, completed 50
    And 5 seconds later, the app sets the progress of the "export.1" task, completed 100
    And the app completes the "export.1" task as a success
    Then nothing else happens for 1 minute
    And the oracle says that the trace conforms
    And otherwise the oracle would blame the scheduler under LIF-9

  @run @conforms
  Scenario: On any scheduler: the same task goes on
    When the app submits a continued request for "export.1", titled "Export", subtitled "Starting"
    Then the "export.1" task is delivered as a continued task
    When the app sets the expiration handler of the "export.1" task
    And the app sets the progress of the "export.1" task, completed 0, total 100
    And 1 second later, the app leaves the foreground
    And 9 seconds later, the app sets the progress of the "export.1" task, completed 20
    And 1 second later, the app comes to the foreground
    And 6 seconds later, the app sets the progress of the "export.1" task, completed 50
    And 5 seconds later, the app sets the progress of the "export.1" task, completed 100
    And the app completes the "export.1" task as a success
    And 1 minute passes
    Then the oracle says that the trace conforms
