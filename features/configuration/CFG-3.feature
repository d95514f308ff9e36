@rule:CFG-3 @os:18.0
Feature: CFG-3 Health research needs entitlement
  A health research request needs the entitlement
  com.apple.developer.backgroundtasks.healthresearch, the background mode `processing` (CFG-2) and
  the user's opt-in to the study; without any one of them the submission is refused. The code for a
  missing entitlement or opt-in is not documented: 1 and 3 are both allowed. On 17.0 a submission
  that lacks none of them may be refused all the same: the headers say 17.0, the entitlement's page
  says 17.1.

  Background:
    Given an iPhone with iOS 18.0
    And the app "com.example.app" permits "study", with the background modes "processing"
    And its entitlements: "com.apple.developer.backgroundtasks.healthresearch"
    When the person opens the app, which registers "study" while it launches

  @trace
  Scenario Outline: Health research without the opt-in: <case>
    When the app submits a health research request for "study", and it <answer>
    Then nothing else happens for 1 second
    And the oracle <verdict>

    @conforms
    Examples:
      | case                                         | answer                      | verdict                      |
      | Without the opt-in the submission is refused | is refused with unavailable | says that the trace conforms |

    @scheduler
    Examples:
      | case                                          | answer      | verdict                          |
      | Without the opt-in the submission is accepted | is accepted | blames the scheduler under CFG-3 |

  @run @conforms
  Scenario: On any scheduler: without the opt-in the submission is refused
    When the app submits a health research request for "study"
    Then it is refused with unavailable, or it is refused with notPermitted
    When 1 second passes
    Then the oracle says that the trace conforms
