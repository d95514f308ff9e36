@rule:RES-4 @os:26.0
Feature: RES-4 Background GPU needs grant
  GPU work from the background outside a running continued task whose accepted request required the
  GPU fails with 'Insufficient Permission (to submit GPU work from background)'.

  Background:
    Given an iPhone with iOS 26.0
    And the app "com.example.app" permits "sync", with the background modes "fetch" and "processing"
    When the person opens the app, which registers "sync" while it launches
    And 1 minute later, the app leaves the foreground

  @trace
  Scenario Outline: GPU work in the background without a task: <case>
    When 1 second later, the app uses the GPU, and it <answer>
    Then 1 second later, the app is suspended, and nothing else happens for 1 second
    And the oracle <verdict>
    And otherwise the oracle would blame the device under RES-4

    @conforms
    Examples:
      | case                      | answer | verdict                      |
      | Background GPU work fails | fails  | says that the trace conforms |

    @device
    Examples:
      | case                                        | answer   | verdict                       |
      | Background GPU work succeeds without a task | succeeds | blames the device under RES-4 |

  @run @conforms
  Scenario: On any scheduler: background GPU work fails
    When 1 second later, the app uses the GPU
    Then it fails
    When 2 seconds pass
    Then the oracle says that the trace conforms
