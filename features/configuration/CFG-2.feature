@rule:CFG-2 @os:18.0
Feature: CFG-2 Kinds need background modes
  Refresh needs the background mode `fetch`, processing and health research need `processing`. A
  missing mode is refused at submission with notPermitted (3); registration does not look at modes.
  (For health research the mode is inferred: its request is a processing request.)

  Background:
    Given an iPhone with iOS 18.0
    And the app "com.example.app" permits "sync", with the background modes "processing"
    When the person opens the app, which registers "sync" while it launches

  @trace
  Scenario Outline: Refresh without its background mode: <case>
    When the app submits a refresh request for "sync", and it <answer>
    Then nothing else happens for 1 second
    And the oracle <verdict>

    @conforms
    Examples:
      | case                                                  | answer                       | verdict                      |
      | Refresh without its mode is refused with notPermitted | is refused with notPermitted | says that the trace conforms |

    @scheduler
    Examples:
      | case                                 | answer      | verdict                          |
      | Refresh without its mode is accepted | is accepted | blames the scheduler under CFG-2 |

  @run @conforms
  Scenario: On any scheduler: refresh without its mode is refused with notPermitted
    When the app submits a refresh request for "sync"
    Then it is refused with notPermitted
    When 1 second passes
    Then the oracle says that the trace conforms
