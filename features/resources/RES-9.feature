@rule:RES-9 @os:27.0
Feature: RES-9 Neural engine needs entitlement
  From 27.0 (iOS, iPadOS, macOS, tvOS, visionOS, watchOS) any background use of the Neural Engine,
  inside a task or not, needs the entitlement
  com.apple.developer.background-tasks.continued-processing.inference.

  Background:
    Given an iPhone with iOS 27.0
    And the app "com.example.app" permits "sync", with the background modes "fetch" and "processing"
    When the person opens the app, which registers "sync" while it launches
    And 1 minute later, the app leaves the foreground

  @trace
  Scenario Outline: Neural Engine work without the entitlement: <case>
    When 1 second later, the app uses the Neural Engine, and it <answer>
    Then 1 second later, the app is suspended, and nothing else happens for 1 second
    And the oracle <verdict>
    And otherwise the oracle would blame the device under RES-9

    @conforms
    Examples:
      | case                          | answer | verdict                      |
      | Fails without the entitlement | fails  | says that the trace conforms |

    @device
    Examples:
      | case                             | answer   | verdict                       |
      | Succeeds without the entitlement | succeeds | blames the device under RES-9 |

  @run @conforms
  Scenario: On any scheduler: fails without the entitlement
    When 1 second later, the app uses the Neural Engine
    Then it fails
    When 2 seconds pass
    Then the oracle says that the trace conforms
