@rule:RES-3 @rule:RES-7 @os:26.0
Feature: RES-3 GPU refused without entitlement
  A request that requires the GPU without the entitlement
  com.apple.developer.background-tasks.continued-processing.gpu with the value true is refused, on a
  device with the GPU and without it; the code is not documented (1 and 3 are allowed).

  Background:
    Given an iPad with iOS 26.0
    And the device has a GPU for background work
    And the app "com.example.app" permits "export.*", with the background modes "processing"
    When the person opens the app, which registers nothing while it launches
    And 4 seconds later, the app registers a handler for "export.1", and it returns true

  @trace @app
  Scenario: Refused
    When the app asks for the supported resources, and it gets the GPU
    And the app submits a continued request for "export.1", and it is refused with unavailable:
      | requiring | the GPU    |
      | titled    | "Export"   |
      | subtitled | "Starting" |
    Then nothing else happens for 1 second
    And the oracle blames the app under RES-7
    And otherwise the oracle would blame the scheduler under RES-3

  @trace @scheduler @app
  Scenario: Refused with a code that means something else
    When the app asks for the supported resources, and it gets the GPU
    And the app submits a continued request for "export.1", and it is refused with tooManyPendingTaskRequests:
      | requiring | the GPU       |
      | with      | strategy fail |
      | titled    | "Export"      |
      | subtitled | "Starting"    |
    Then nothing else happens for 1 second
    And the oracle blames the app under RES-7
    And the oracle blames the scheduler under RES-3

  @run @app
  Scenario: On any scheduler: refused
    When the app asks for the supported resources
    Then it gets the GPU
    When the app submits a continued request for "export.1":
      | requiring | the GPU    |
      | titled    | "Export"   |
      | subtitled | "Starting" |
    Then in the contract profile, it is refused
    When 1 second passes
    Then the oracle blames the app under RES-7
