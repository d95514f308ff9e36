@rule:CON-13 @os:18.0
Feature: CON-13 Health research needs readable data
  A health research request is launched only while data of its protection class can be read:
  "complete" needs an unlocked device, "completeUntilFirstUserAuthentication" and "none" nothing
  beyond CON-5. For "completeUnlessOpen" and "completeWhenUserInactive" both are allowed while the
  device is locked.

  Background:
    Given an iPhone with iOS 18.0
    And the app "com.example.app" permits "study", with the background modes "processing"
    And its entitlements: "com.apple.developer.backgroundtasks.healthresearch"
    And the person takes part in the study
    When the person opens the app, which registers "study" while it launches

  @trace
  Scenario Outline: A launch of health research that needs protected data: <case>
    When the app submits a health research request for "study", with protection complete, and it is accepted
    And 1 minute later, the app leaves the foreground
    And <what happens>
    Then 2 seconds later, the app is suspended
    And 58 minutes 50 seconds later, the "study" task is delivered as a health research task, and the app sets its expiration handler
    When 4 seconds later, the app completes the "study" task as a success, and is suspended
    Then nothing else happens for 1 minute
    And the oracle <verdict>

    @conforms
    Examples:
      | case                    | what happens                                  | verdict                      |
      | Launched while unlocked | 8 seconds later, the device is now not in use | says that the trace conforms |

    @scheduler
    Examples:
      | case                  | what happens                                       | verdict                           |
      | Launched while locked | 8 seconds later, the device is now idle and locked | blames the scheduler under CON-13 |

  @trace @conforms
  Scenario: Class completeUnlessOpen: launched while the device is locked
    When the app submits a health research request for "study", with protection completeUnlessOpen, and it is accepted
    And 1 minute later, the person puts the device away, idle and locked, and 2 seconds later the app is suspended
    Then 58 minutes 50 seconds later, the "study" task is delivered as a health research task, and the app sets its expiration handler
    When 4 seconds later, the app completes the "study" task as a success, and is suspended
    Then nothing else happens for 1 minute
    And the oracle says that the trace conforms
    And otherwise the oracle would blame the scheduler under CON-13

  @trace @conforms
  Scenario: Class completeUnlessOpen: not launched while the device is locked
    When the app submits a health research request for "study", with protection completeUnlessOpen, and it is accepted
    And 1 minute later, the person puts the device away, idle and locked, and 2 seconds later the app is suspended
    Then nothing else happens for 1 day 23 hours 58 minutes 50 seconds
    And the oracle says that the trace conforms
    And otherwise the oracle would blame the scheduler under CON-13

  @run @conforms
  Scenario: On any scheduler: launched while unlocked
    When the app submits a health research request for "study", with protection complete
    And 1 minute later, the person puts the device away, idle and locked
    And 30 minutes later, the runner grants a launch of "study"
    And 28 minutes 52 seconds later, the device is now unlocked
    And the runner grants a launch of "study"
    Then the "study" task is delivered as a health research task, and the app sets its expiration handler
    When 4 seconds later, the app completes the "study" task as a success
    And 1 minute passes
    Then the oracle says that the trace conforms

  @run @conforms
  Scenario: On any scheduler: for this class both are allowed while the device is locked
    When the app submits a health research request for "study", with protection completeUnlessOpen
    Then it is accepted
    When 1 minute later, the person puts the device away, idle and locked
    And 1 day 23 hours 58 minutes 52 seconds pass
    Then the oracle says that the trace conforms
