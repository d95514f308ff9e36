@rule:RES-7 @os:26.0
Feature: RES-7 Ask before requiring GPU
  The app requires the GPU only after supportedResources, read in the same process, said that the
  device has it, and only with the entitlement (RES-3).

  Background:
    Given an iPad with iOS 26.0
    And the device has a GPU for background work
    And the app "com.example.app" permits "export.*", with the background modes "processing"
    And its entitlements: "com.apple.developer.background-tasks.continued-processing.gpu"
    When the person opens the app, which registers nothing while it launches
    And 4 seconds later, the app registers a handler for "export.1", and it returns true

  @trace @conforms
  Scenario: Asked first, and entitled
    When the app asks for the supported resources, and it gets the GPU
    And the app submits a continued request for "export.1", and it is accepted:
      | requiring | the GPU    |
      | titled    | "Export"   |
      | subtitled | "Starting" |
    Then the "export.1" task is delivered as a continued task, and the app works it off: 0 of 100 units, 5 seconds later 50, 5 seconds later 100, as a success
    And nothing else happens for 1 minute
    And the oracle says that the trace conforms
    And otherwise the oracle would blame the app under RES-7

  @trace @app
  Scenario: Required without asking first
    When the app submits a continued request for "export.1", and it is accepted:
      | requiring | the GPU    |
      | titled    | "Export"   |
      | subtitled | "Starting" |
    Then the "export.1" task is delivered as a continued task, and the app works it off: 0 of 100 units, 5 seconds later 50, 5 seconds later 100, as a success
    And nothing else happens for 1 minute
    And the oracle blames the app under RES-7

  @run @conforms
  Scenario: On any scheduler: asked first, and entitled
    When the app asks for the supported resources
    And the app submits a continued request for "export.1":
      | requiring | the GPU    |
      | titled    | "Export"   |
      | subtitled | "Starting" |
    Then the "export.1" task is delivered as a continued task, and the app works it off: 0 of 100 units, 5 seconds later 50, 5 seconds later 100, as a success
    When 1 minute passes
    Then the oracle says that the trace conforms

  @run @app
  Scenario: On any scheduler: required without asking first
    When the app submits a continued request for "export.1":
      | requiring | the GPU    |
      | titled    | "Export"   |
      | subtitled | "Starting" |
    Then the "export.1" task is delivered as a continued task, and the app works it off: 0 of 100 units, 5 seconds later 50, 5 seconds later 100, as a success
    When 1 minute passes
    Then the oracle blames the app under RES-7
