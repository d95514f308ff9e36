@rule:RES-5 @os:26.0
Feature: RES-5 Granted task has GPU
  While a continued task whose accepted request required the GPU runs, background GPU work is allowed;
  between its expiry and its completion it may be; in the foreground it always is.

  Background:
    Given an iPad with iOS 26.0
    And the device has a GPU for background work
    And the app "com.example.app" permits "export.*", with the background modes "processing"
    And its entitlements: "com.apple.developer.background-tasks.continued-processing.gpu"
    When the person opens the app, which registers nothing while it launches
    And 4 seconds later, the app registers a handler for "export.1", and it returns true

  @trace
  Scenario Outline: GPU work in the background in a granted task: <case>
    When the app asks for the supported resources, and it gets the GPU
    And the app submits a continued request for "export.1", and it is accepted:
      | requiring | the GPU    |
      | titled    | "Export"   |
      | subtitled | "Starting" |
    Then the "export.1" task is delivered as a continued task, and the app sets its expiration handler and its progress, completed 0, total 100
    When 1 second later, the app leaves the foreground, and the card of the "export.1" task appears, titled "Export", subtitled "Starting"
    And 1 second later, the app uses the GPU, and it <answer>
    And 5 seconds later, the app sets the progress of the "export.1" task, completed 50, 5 seconds later completed 100, and completes it as a success
    Then the card of the "export.1" task says that it finished, and goes away 4 seconds later
    And 2 seconds later, the app is suspended, and nothing else happens for 1 minute
    And the oracle <verdict>
    And otherwise the oracle would blame the device under RES-5

    @conforms
    Examples:
      | case                             | answer   | verdict                      |
      | Background GPU work goes through | succeeds | says that the trace conforms |

    @device
    Examples:
      | case                                        | answer | verdict                       |
      | Background GPU work fails in a granted task | fails  | blames the device under RES-5 |

  @run @conforms
  Scenario: On any scheduler: background GPU work goes through
    When the app asks for the supported resources
    And the app submits a continued request for "export.1":
      | requiring | the GPU    |
      | titled    | "Export"   |
      | subtitled | "Starting" |
    Then the "export.1" task is delivered as a continued task, and the app sets its expiration handler and its progress, completed 0, total 100
    When 1 second later, the app leaves the foreground
    And 1 second later, the app uses the GPU
    And 5 seconds later, the app sets the progress of the "export.1" task, completed 50, 5 seconds later completed 100, and completes it as a success
    And 1 minute 6 seconds pass
    Then the oracle says that the trace conforms
