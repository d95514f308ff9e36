@rule:RES-1 @os:26.0
Feature: RES-1 Supported resources tell device
  supportedResources tells what the device has, whatever the app's entitlements. Staff: background GPU
  is on iPads with an M3 or later, on no iPhone.

  Background:
    Given an iPad with iOS 26.0
    And the device has a GPU for background work
    And the app "com.example.app" permits "export.*", with the background modes "processing"
    When the person opens the app, which registers nothing while it launches

  @trace
  Scenario Outline: An iPad with a GPU for background work is asked: <case>
    When 4 seconds later, the app asks for the supported resources, and it <answer>
    Then nothing else happens for 1 second
    And the oracle <verdict>
    And otherwise the oracle would blame the scheduler under RES-1

    @conforms
    Examples:
      | case                                   | answer       | verdict                      |
      | It has it and says so, entitled or not | gets the GPU | says that the trace conforms |

    @scheduler
    Examples:
      | case                    | answer       | verdict                          |
      | It has it and denies it | gets nothing | blames the scheduler under RES-1 |

  @run @conforms
  Scenario: On any scheduler: it has it and says so, entitled or not
    When 4 seconds later, the app asks for the supported resources
    Then it gets the GPU
    When 1 second passes
    Then the oracle says that the trace conforms
