@rule:CFG-5 @os:18.0
Feature: CFG-5 Simulator refuses submission
  On the simulator registration works as on a device, every submission fails with unavailable (1) (or
  for another reason that holds too: SUB-23), and nothing is ever outstanding.

  Background:
    Given the simulator with iOS 18.0
    And the app "com.example.app" permits "sync", with the background modes "fetch" and "processing"
    When the person opens the app, which registers "sync" while it launches

  @trace
  Scenario Outline: A submission on the simulator: <case>
    When the app submits a refresh request for "sync", and it <answer>
    Then nothing else happens for 1 second
    And the oracle <verdict>

    @conforms
    Examples:
      | case                                          | answer                      | verdict                      |
      | Registration works, submission is unavailable | is refused with unavailable | says that the trace conforms |

    @scheduler
    Examples:
      | case                               | answer      | verdict                          |
      | The simulator accepts a submission | is accepted | blames the scheduler under CFG-5 |

  @run @conforms
  Scenario: On any scheduler: registration works, submission is unavailable
    When the app submits a refresh request for "sync"
    Then it is refused with unavailable
    When 1 second passes
    Then the oracle says that the trace conforms
