@rule:SUB-20 @os:26.0
Feature: SUB-20 Continued ignores begin date
  Continued processing ignores earliestBeginDate.

  Background:
    Given an iPhone with iOS 26.0
    And the app "com.example.app" permits "export.*", with the background modes "processing"
    And the implementation declares continued_launch_loss = "never"
    When the person opens the app, which registers nothing while it launches

  @trace @conforms
  Scenario: The date is ignored
    When 4 seconds later, the app registers and submits a continued request for "export.1", and it is accepted:
      | earliest  | in 59 minutes 56 seconds |
      | with      | strategy fail            |
      | titled    | "Export"                 |
      | subtitled | "Starting"               |
    Then the "export.1" task is delivered as a continued task, and the app works it off: 0 of 100 units, 5 seconds later 50, 5 seconds later 100, as a success
    And nothing else happens for 1 minute
    And the oracle says that the trace conforms
    And otherwise the oracle would blame the scheduler under SUB-20

  @trace @scheduler
  Scenario: The date is waited for
    When 4 seconds later, the app registers and submits a continued request for "export.1", and it is accepted:
      | earliest  | in 59 minutes 56 seconds |
      | with      | strategy fail            |
      | titled    | "Export"                 |
      | subtitled | "Starting"               |
    And the app begins the work of "export.1"
    And 1 hour 1 minute later, the app ends the work of "export.1"
    Then nothing else happens for 1 second
    And the oracle blames the scheduler under SUB-20

  @run @conforms
  Scenario: A continued request with a date an hour ahead
    When the app registers a handler for "export.1"
    And the app sets the expiration handler of the "export.1" task, as soon as the "export.1" task is delivered
    And the app sets the progress of the "export.1" task, completed 100, total 100, as soon as the "export.1" task is delivered
    And the app completes the "export.1" task as a success, as soon as the "export.1" task is delivered
    And the app submits a continued request for "export.1":
      | earliest  | in 1 hour     |
      | with      | strategy fail |
      | titled    | "Export"      |
      | subtitled | "Starting"    |
    And 61 seconds pass
    Then the "export.1" task is delivered as a continued task
    And the oracle says that the trace conforms
