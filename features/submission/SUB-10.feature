@rule:SUB-10 @os:18.0
Feature: SUB-10 Refused with refresh off
  With Background App Refresh denied or restricted a refresh, processing or health research submission
  fails with unavailable (1).

  Background:
    Given an iPhone with iOS 18.0, with Background App Refresh off
    And the app "com.example.app" permits "sync", with the background modes "fetch" and "processing"
    When the person opens the app, which registers "sync" while it launches

  @trace
  Scenario Outline: A submission with Background App Refresh off: <case>
    When 1 second later, the app submits a refresh request for "sync", and it <answer>
    Then nothing else happens for 1 second
    And the oracle <verdict>

    @conforms
    Examples:
      | case        | answer                      | verdict                      |
      | Unavailable | is refused with unavailable | says that the trace conforms |

    @scheduler
    Examples:
      | case                                            | answer      | verdict                           |
      | Accepted although Background App Refresh is off | is accepted | blames the scheduler under SUB-10 |

  @run @conforms
  Scenario: On any scheduler: unavailable
    When 1 second later, the app submits a refresh request for "sync"
    Then it is refused with unavailable
    When 1 second passes
    Then the oracle says that the trace conforms
