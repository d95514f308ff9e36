@rule:LAU-7 @os:26.0
Feature: LAU-7 Continued starts promptly
  A continued request accepted in the foreground under strategy `fail` is delivered within
  `reaction_time`. The duty lasts while the app is in the foreground: leaving ends it for this
  request, and coming back does not renew it (what may follow: LAU-12, and under `fail` SUB-18).
  Under `queue` the same holds only where `continued_capacity` has a number and there is room. In
  the field one in several was accepted and never delivered: allowed under `possible`. (`dropped` of
  IDN-11 excepted.)

  Background:
    Given an iPhone with iOS 26.0
    And the app "com.example.app" permits "export.*", with the background modes "processing"
    When the person opens the app, which registers nothing while it launches

  @trace @conforms
  Scenario: Accepted and delivered
    When 4 seconds later, the app registers and submits a continued request for "export.1", and it is accepted:
      | with      | strategy fail |
      | titled    | "Export"      |
      | subtitled | "Starting"    |
    Then the "export.1" task is delivered as a continued task, and the app works it off: 0 of 100 units, 5 seconds later 50, 5 seconds later 100, as a success
    And nothing else happens for 1 minute
    And the oracle says that the trace conforms
    And otherwise the oracle would blame the scheduler under LAU-5

  @trace @conforms @scheduler
  Scenario: Accepted and never delivered
    One in several is lost on devices.

    When 4 seconds later, the app registers and submits a continued request for "export.1", and it is accepted:
      | with      | strategy fail |
      | titled    | "Export"      |
      | subtitled | "Starting"    |
    And the app begins the work of "export.1"
    And 2 minutes later, the app ends the work of "export.1"
    Then nothing else happens for 1 second
    And in the contract profile, the oracle blames the scheduler under LAU-7
    And in the field profile, the oracle says that the trace conforms
    And in the field profile, with continued_launch_loss = "never", the oracle blames the scheduler under LAU-7

  @run @conforms
  Scenario: On any scheduler: accepted and delivered
    When 4 seconds later, the app registers and submits a continued request for "export.1":
      | with      | strategy fail |
      | titled    | "Export"      |
      | subtitled | "Starting"    |
    Then the "export.1" task is delivered as a continued task, and the app works it off: 0 of 100 units, 5 seconds later 50, 5 seconds later 100, as a success
    When 1 minute passes
    Then the oracle says that the trace conforms
