@case:G8 @os:18.5
# Asked: What does health research need?
Feature: G8 Health research
  It takes the entitlement, and data that is protected until the first unlock allows it to run while
  the device is locked.

  Background:
    Given an iPhone with iOS 18.5
    And the app "com.example.guide" permits "study", with the background modes "processing"
    And the person takes part in the study

  @trace @conforms
  Scenario: Entitled, launched
    Entitlement, mode and opt-in are there; the device is unlocked when it is launched.

    Given its entitlements: "com.apple.developer.backgroundtasks.healthresearch"
    When the person opens the app, which registers "study" while it launches
    And the app submits a health research request for "study", with protection complete, and it is accepted
    And 59 seconds later, the app leaves the foreground
    And 8 seconds later, the device is now not in use
    Then 2 seconds later, the app is suspended
    And 58 minutes 50 seconds later, the "study" task is delivered as a health research task, and the app sets its expiration handler
    When 40 seconds later, the app completes the "study" task as a success, and is suspended
    Then nothing else happens for 1 minute
    And the oracle says that the trace conforms

  @trace @rule:CON-13 @scheduler
  Scenario: Data of class complete cannot be read while the device is locked
    Given its entitlements: "com.apple.developer.backgroundtasks.healthresearch"
    When the person opens the app, which registers "study" while it launches
    And the app submits a health research request for "study", with protection complete, and it is accepted
    And 59 seconds later, the person puts the device away, idle and locked, and 2 seconds later the app is suspended
    Then 58 minutes 50 seconds later, the "study" task is delivered as a health research task, and the app sets its expiration handler
    When 40 seconds later, the app completes the "study" task as a success, and is suspended
    Then nothing else happens for 1 minute
    And the oracle blames the scheduler under CON-13

  @trace @rule:CFG-3
  Scenario Outline: Submitted without the entitlement: <case>
    When the person opens the app, which registers "study" while it launches
    And the app submits a health research request for "study", and it <answer>
    Then nothing else happens for 1 minute
    And the oracle <verdict>

    @conforms
    Examples:
      | case                            | answer                       | verdict                      |
      | It is refused with unavailable  | is refused with unavailable  | says that the trace conforms |
      | It is refused with notPermitted | is refused with notPermitted | says that the trace conforms |

    @scheduler
    Examples:
      | case                                                    | answer      | verdict                          |
      | The entitlement is missing, and the submission succeeds | is accepted | blames the scheduler under CFG-3 |

  @run @conforms
  Scenario: On any scheduler: entitled, launched
    Given its entitlements: "com.apple.developer.backgroundtasks.healthresearch"
    When the person opens the app, which registers "study" while it launches
    And the app submits a health research request for "study", with protection complete
    And 59 seconds later, the app leaves the foreground
    And 8 seconds later, the device is now not in use
    And 58 minutes 52 seconds later, the runner grants a launch of "study"
    Then the "study" task is delivered as a health research task, and the app sets its expiration handler
    When 40 seconds later, the app completes the "study" task as a success
    And 1 minute passes
    Then the oracle says that the trace conforms

  @run @conforms
  Scenario: On any scheduler: the entitlement is missing; the code is not documented
    When the person opens the app, which registers "study" while it launches
    And the app submits a health research request for "study"
    Then it is refused with unavailable, or it is refused with notPermitted
    When 1 minute passes
    Then the oracle says that the trace conforms
