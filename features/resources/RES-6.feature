@rule:RES-6 @os:26.0
Feature: RES-6 GPU contention
  Under heavy GPU contention, which is pressure, a request that requires the GPU may wait or be
  refused, and a running one may be expired.

  Background:
    Given an iPad with iOS 26.0
    And the device has a GPU for background work
    And the device is under pressure
    And the app "com.example.app" permits "export.*", with the background modes "processing"
    And its entitlements: "com.apple.developer.background-tasks.continued-processing.gpu"
    When the person opens the app, which registers nothing while it launches
    And 4 seconds later, the app registers a handler for "export.1", and it returns true

  @trace @conforms
  Scenario: Refused
    When the app asks for the supported resources, and it gets the GPU
    And the app submits a continued request for "export.1", and it is refused with immediateRunIneligible:
      | requiring | the GPU       |
      | with      | strategy fail |
      | titled    | "Export"      |
      | subtitled | "Starting"    |
    Then nothing else happens for 1 second
    And the oracle says that the trace conforms
    And otherwise the oracle would blame the scheduler under SUB-18

  @trace @conforms
  Scenario: It waits until the contention is over
    When the app asks for the supported resources, and it gets the GPU
    And the app submits a continued request for "export.1", and it is accepted:
      | requiring | the GPU    |
      | titled    | "Export"   |
      | subtitled | "Starting" |
    And the app begins the work of "export.1"
    And 3 minutes later, the device is now calm
    Then 2 seconds later, the "export.1" task is delivered as a continued task, and the app sets its expiration handler and its progress, completed 0, total 100
    When 5 seconds later, the app sets the progress of the "export.1" task, completed 50
    And 5 seconds later, the app sets the progress of the "export.1" task, completed 100
    And the app ends the work of "export.1" and completes its task as a success
    Then nothing else happens for 1 minute
    And the oracle says that the trace conforms
    And otherwise the oracle would blame the scheduler under SUB-19

  @trace @conforms
  Scenario: A running one is expired
    When the app asks for the supported resources, and it gets the GPU
    And the app submits a continued request for "export.1", and it is accepted:
      | requiring | the GPU    |
      | titled    | "Export"   |
      | subtitled | "Starting" |
    Then the "export.1" task is delivered as a continued task, and the app sets its expiration handler and its progress, completed 0, total 100
    When 1 second later, the app leaves the foreground, and the card of the "export.1" task appears, titled "Export", subtitled "Starting"
    Then 3 seconds later, the "export.1" task is expired, the app completes it as a failure, and its card says that it failed
    And 2 seconds later, the app is suspended, and nothing else happens for 1 minute
    And the oracle says that the trace conforms

  @run @conforms
  Scenario: On any scheduler: refused
    When the app asks for the supported resources
    Then it gets the GPU
    When the app submits a continued request for "export.1":
      | requiring | the GPU       |
      | with      | strategy fail |
      | titled    | "Export"      |
      | subtitled | "Starting"    |
    Then it is accepted, or it is refused with immediateRunIneligible
    When 1 second passes
    Then the oracle says that the trace conforms
