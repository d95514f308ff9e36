@case:W4 @os:26.0
# Asked: May my task use the GPU?
Feature: W4 The GPU in the background
  It takes a device with it, the entitlement, and a running task whose request required it.

  Background:
    Given the app "com.example.guide" permits "export.*"

  @trace @sequence @rule:RES-1 @rule:RES-5 @conforms
  Scenario: Granted
    The iPad has it, the app asked first and is entitled: background GPU work goes through.

    Given an iPad with iOS 26.0
    And the device has a GPU for background work
    And its entitlements: "com.apple.developer.background-tasks.continued-processing.gpu"
    When the person opens the app, which registers nothing while it launches
    And 10 seconds later, the app asks for the supported resources, and it gets the GPU
    And the app registers and submits a continued request for "export.1", and it is accepted:
      | requiring | the GPU     |
      | titled    | "Exporting" |
      | subtitled | "Film"      |
    Then the "export.1" task is delivered as a continued task, and the app sets its expiration handler and its progress, completed 0, total 100
    When the app begins the work of "export.1"
    And 1 second later, the app leaves the foreground, and the card of the "export.1" task appears, titled "Exporting", subtitled "Film"
    And 1 second later, the app uses the GPU, and it succeeds
    And 5 seconds later, the app sets the progress of the "export.1" task, completed 50
    And 5 seconds later, the app sets the progress of the "export.1" task, completed 100
    And the app ends the work of "export.1" and completes its task as a success
    Then the card of the "export.1" task says that it finished, and goes away 4 seconds later
    And 2 seconds later, the app is suspended, and nothing else happens for 1 minute
    And the oracle says that the trace conforms
    And otherwise the oracle would blame the scheduler under RES-1
    And otherwise the oracle would blame the device under RES-5

  @trace @rule:RES-1 @scheduler
  Scenario: The iPad has background GPU, and supportedResources denies it
    Given an iPad with iOS 26.0
    And the device has a GPU for background work
    And its entitlements: "com.apple.developer.background-tasks.continued-processing.gpu"
    When the person opens the app, which registers nothing while it launches
    And 10 seconds later, the app asks for the supported resources, and it gets nothing
    Then nothing else happens for 1 minute
    And the oracle blames the scheduler under RES-1

  @trace @rule:RES-2 @rule:RES-7 @app
  Scenario: A phone has none; requiring it is refused
    Given an iPhone with iOS 26.0
    And its entitlements: "com.apple.developer.background-tasks.continued-processing.gpu"
    When the person opens the app, which registers nothing while it launches
    And 10 seconds later, the app asks for the supported resources, and it gets nothing
    And the app registers and submits a continued request for "export.1", and it is refused with notPermitted:
      | requiring | the GPU    |
      | titled    | "Export"   |
      | subtitled | "Starting" |
    Then nothing else happens for 1 minute
    And the oracle blames the app under RES-7
    And otherwise the oracle would blame the scheduler under RES-2

  @trace @rule:RES-3 @rule:RES-7 @app
  Scenario: Without the entitlement the request is refused
    Given an iPad with iOS 26.0
    And the device has a GPU for background work
    When the person opens the app, which registers nothing while it launches
    And 10 seconds later, the app asks for the supported resources, and it gets the GPU
    And the app registers and submits a continued request for "export.1", and it is refused with notPermitted:
      | requiring | the GPU    |
      | titled    | "Export"   |
      | subtitled | "Starting" |
    Then nothing else happens for 1 minute
    And the oracle blames the app under RES-7
    And otherwise the oracle would blame the scheduler under RES-3

  @trace @rule:RES-4 @conforms
  Scenario: GPU work without a task fails
    Given an iPad with iOS 26.0
    And the device has a GPU for background work
    And its entitlements: "com.apple.developer.background-tasks.continued-processing.gpu"
    When the person opens the app, which registers nothing while it launches
    And 10 seconds later, the app leaves the foreground
    And 3 seconds later, the app uses the GPU, and it fails
    Then 1 second later, the app is suspended, and nothing else happens for 1 minute
    And the oracle says that the trace conforms
    And otherwise the oracle would blame the device under RES-4

  @run @sequence @conforms
  Scenario: On any scheduler: granted
    Given an iPad with iOS 26.0
    And the device has a GPU for background work
    And its entitlements: "com.apple.developer.background-tasks.continued-processing.gpu"
    When the person opens the app, which registers nothing while it launches
    And 10 seconds later, the app asks for the supported resources
    Then it gets the GPU
    When the app registers and submits a continued request for "export.1":
      | requiring | the GPU     |
      | titled    | "Exporting" |
      | subtitled | "Film"      |
    And the app sets the expiration handler of the "export.1" task
    And the app sets the progress of the "export.1" task, completed 0, total 100
    And the app begins the work of "export.1"
    And 1 second later, the app leaves the foreground
    And 1 second later, the app uses the GPU
    And 5 seconds later, the app sets the progress of the "export.1" task, completed 50
    And 5 seconds later, the app sets the progress of the "export.1" task, completed 100
    And the app ends the work of "export.1" and completes its task as a success
    And 1 minute 6 seconds pass
    Then the oracle says that the trace conforms

  @run @rule:RES-7 @app
  Scenario: On any scheduler: a phone has none; requiring it is refused
    Given an iPhone with iOS 26.0
    And its entitlements: "com.apple.developer.background-tasks.continued-processing.gpu"
    When the person opens the app, which registers nothing while it launches
    And 10 seconds later, the app asks for the supported resources
    Then it gets nothing
    When the app registers and submits a continued request for "export.1":
      | requiring | the GPU    |
      | titled    | "Export"   |
      | subtitled | "Starting" |
    Then in the contract profile, it is refused
    When 1 minute passes
    Then the oracle blames the app under RES-7
