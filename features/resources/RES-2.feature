@rule:RES-2 @rule:RES-7 @os:26.0
Feature: RES-2 GPU refused without hardware
  A request that requires the GPU on a device without it is refused with notPermitted (3), raising
  nothing.

  Background:
    Given an iPhone with iOS 26.0
    And the app "com.example.app" permits "export.*", with the background modes "processing"
    And its entitlements: "com.apple.developer.background-tasks.continued-processing.gpu"

  @trace @app
  Scenario: Refused with notPermitted
    When the person opens the app, which registers nothing while it launches
    And 4 seconds later, the app registers and submits a continued request for "export.1", and it is refused with notPermitted:
      | requiring | the GPU    |
      | titled    | "Export"   |
      | subtitled | "Starting" |
    Then nothing else happens for 1 second
    And the oracle blames the app under RES-7
    And otherwise the oracle would blame the scheduler under RES-2

  @trace @scheduler @app
  Scenario: Refused with another code
    Given the device is calm
    When the person opens the app, which registers nothing while it launches
    And 4 seconds later, the app registers and submits a continued request for "export.1", and it is refused with unavailable:
      | requiring | the GPU    |
      | titled    | "Export"   |
      | subtitled | "Starting" |
    Then nothing else happens for 1 second
    And the oracle blames the app under RES-7
    And the oracle blames the scheduler under RES-2

  @run @app
  Scenario: On any scheduler: refused with notPermitted
    When the person opens the app, which registers nothing while it launches
    And 4 seconds later, the app registers and submits a continued request for "export.1":
      | requiring | the GPU    |
      | titled    | "Export"   |
      | subtitled | "Starting" |
    Then in the contract profile, it is refused
    When 1 second passes
    Then the oracle blames the app under RES-7
