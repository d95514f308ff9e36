@rule:IDN-11 @os:26.0
Feature: IDN-11 Continued bundle prefix
  A continued processing identifier outside the bundle identifier's prefix, exactly listed, has its
  submission refused (any code but 4), or accepted and never listed or launched even with strategy
  "fail" (seen with re-signed apps), or accepted. Other kinds need no prefix: many field identifiers
  have another one. (SideStore 1475 claims the same loss for them: not taken over.)

  Background:
    Given an iPhone with iOS 26.0
    And the app "com.example.app" permits 'com.other.export'
    When the person opens the app, which registers nothing while it launches

  @trace @conforms
  Scenario: Refused for its prefix
    When 1 second later, the app registers and submits a continued request for 'com.other.export', titled "Export", subtitled "Starting", and it is refused with notPermitted
    Then nothing else happens for 1 second
    And the oracle says that the trace conforms
    And otherwise the oracle would blame the app under SUB-27

  @trace @conforms
  Scenario: Accepted, and never run
    When 1 second later, the app registers and submits a continued request for 'com.other.export', and it is accepted:
      | with      | strategy fail |
      | titled    | "Export"      |
      | subtitled | "Starting"    |
    And the app begins the work of 'com.other.export'
    And 2 minutes later, the app ends the work of 'com.other.export'
    Then nothing else happens for 1 second
    And the oracle says that the trace conforms

  @trace @conforms @scheduler
  Scenario: Accepted and run
    When 1 second later, the app starts a continued task for 'com.other.export', at 0 of 100, titled "Export", subtitled "Starting"
    And 5 seconds later, the app sets the progress of the 'com.other.export' task, completed 50, 5 seconds later completed 100, and completes it as a success
    Then nothing else happens for 1 minute
    And the oracle says that the trace conforms
    And otherwise the oracle would blame the scheduler under SUB-19
    And with continued_bundle_prefix = "dropped", the oracle blames the scheduler under LAU-9

  @run @conforms
  Scenario: On any scheduler: refused for its prefix
    When 1 second later, the app registers and submits a continued request for 'com.other.export', titled "Export", subtitled "Starting"
    Then it is accepted, or it is refused
    When 1 second passes
    Then the oracle says that the trace conforms
