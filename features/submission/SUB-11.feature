@rule:SUB-11 @os:18.0
Feature: SUB-11 Conditions never refuse
  The network, external power, a lock or use of the device never make a refresh, processing or health
  research submission fail.

  Background:
    Given an iPhone with iOS 18.0, offline and on battery
    And the app "com.example.app" permits "sync", with the background modes "fetch" and "processing"
    When the person opens the app, which registers "sync" while it launches

  @trace
  Scenario Outline: A submission that requires a network that is not there: <case>
    When 1 second later, the app submits a processing request for "sync", requiring the network, requiring external power, and it <answer>
    Then nothing else happens for 1 second
    And the oracle <verdict>
    And otherwise the oracle would blame the scheduler under SUB-11

    @conforms
    Examples:
      | case                                          | answer      | verdict                      |
      | Conditions of the launch refuse no submission | is accepted | says that the trace conforms |

    @scheduler
    Examples:
      | case                          | answer                      | verdict                           |
      | Refused for want of a network | is refused with unavailable | blames the scheduler under SUB-11 |

  @run @conforms
  Scenario: On any scheduler: conditions of the launch refuse no submission
    When 1 second later, the app submits a processing request for "sync", requiring the network, requiring external power
    Then it is accepted
    When 1 second passes
    Then the oracle says that the trace conforms
