@case:S26 @os:26.0
# Asked: Why is everything refused on the simulator?
Feature: S26 On the simulator
  Registration works there, submission does not.

  Background:
    Given the simulator with iOS 26.0
    And the app "com.example.exporter" permits "export.*"
    And the device is with Background App Refresh on and with background launches allowed
    And the trace is rebuilt from an app's source
    When the person opens the app, which registers nothing while it launches

  @trace @rule:CFG-5 @conforms
  Scenario: The simulator registers and refuses every submission with unavailable
    Any app on the simulator: registration works, submission does not.

    When 9 seconds later, the app registers and submits a continued request for "export.1", caused by a person, and it is refused with unavailable:
      | with      | strategy fail |
      | titled    | "Exporting"   |
      | subtitled | "1 film"      |
    Then nothing else happens for 1 minute
    And the oracle says that the trace conforms

  @run @conforms
  Scenario: On any scheduler: the simulator registers and refuses every submission with unavailable
    When 9 seconds later, the app registers and submits a continued request for "export.1", caused by a person:
      | with      | strategy fail |
      | titled    | "Exporting"   |
      | subtitled | "1 film"      |
    Then it is refused
    When 1 minute passes
    Then the oracle says that the trace conforms
