@rule:SUB-18 @os:26.0
Feature: SUB-18 Fail is refused without room
  With strategy `fail` a request that cannot start at once, for lack of room or for load, is refused
  with immediateRunIneligible (4); it never waits: one that was accepted is delivered within
  `reaction_time` of its acceptance or never. That code comes with no other strategy. Where the
  capacity is unknown any such refusal is allowed; where it has a number, a calm device with room
  does not refuse.

  Background:
    Given an iPhone with iOS 26.0
    And the app "com.example.app" permits "export.*", with the background modes "processing"

  @trace @conforms
  Scenario: No room: refused with immediateRunIneligible
    When the person opens the app, which registers nothing while it launches
    And 4 seconds later, the app registers and submits a continued request for "export.1", and it is refused with immediateRunIneligible:
      | with      | strategy fail |
      | titled    | "Export"      |
      | subtitled | "Starting"    |
    Then nothing else happens for 1 second
    And the oracle says that the trace conforms
    And otherwise the oracle would blame the scheduler under SUB-18

  @trace @scheduler
  Scenario: A request that may wait is refused with immediateRunIneligible
    When the person opens the app, which registers nothing while it launches
    And 4 seconds later, the app registers and submits a continued request for "export.1", titled "Export", subtitled "Starting", and it is refused with immediateRunIneligible
    Then nothing else happens for 1 second
    And the oracle blames the scheduler under SUB-18

  @run @conforms
  Scenario: On any scheduler: no room: refused with immediateRunIneligible
    When the person opens the app, which registers nothing while it launches
    And 4 seconds later, the app registers and submits a continued request for "export.1":
      | with      | strategy fail |
      | titled    | "Export"      |
      | subtitled | "Starting"    |
    Then it is accepted, or it is refused with immediateRunIneligible
    When 1 second passes
    Then the oracle says that the trace conforms

  @run @conforms
  Scenario: A place is free on a calm device
    Given the implementation declares continued_capacity = "2"
    And the device is calm
    When the person opens the app, which registers nothing while it launches
    And the app registers and submits a continued request for "export.1", with strategy fail, titled "Export", subtitled "Starting"
    Then it is accepted
    And the oracle says that the trace conforms

  @run @conforms
  Scenario: Two places and three requests that do not wait
    Given the implementation declares continued_capacity = "2"
    And the device is calm
    When the person opens the app, which registers nothing while it launches
    And the app registers handlers for "export.1", "export.2" and "export.3", and each returns true
    And the app submits a continued request for "export.1", titled "Export", subtitled "Starting", with strategy fail
    And the app submits a continued request for "export.2", titled "Export", subtitled "Starting", with strategy fail
    And the app submits a continued request for "export.3", with strategy fail, titled "Export", subtitled "Starting"
    Then it is refused with immediateRunIneligible
    And the oracle says that the trace conforms

  @trace @scheduler
  Scenario: Refused although the device is calm and a place is free
    Given the implementation declares continued_capacity = "2"
    And the device is calm
    When the person opens the app, which registers nothing while it launches
    And the app registers and submits a continued request for "export.1", with strategy fail, titled "Export", subtitled "Starting", and it is refused with immediateRunIneligible
    Then nothing else happens for 1 second
    And the oracle blames the scheduler under SUB-18
