@rule:CON-16 @os:18.0
Feature: CON-16 Health research may need idle
  Health research may or may not wait for an unused device, and may or may not be expired when
  somebody starts to use it.

  Background:
    Given an iPhone with iOS 18.0
    And the app "com.example.app" permits "study", with the background modes "processing"
    And its entitlements: "com.apple.developer.backgroundtasks.healthresearch"
    And the person takes part in the study

  @trace @conforms
  Scenario: Launched while somebody uses the device
    When the person opens the app, which registers "study" while it launches
    And the app submits a health research request for "study", and it is accepted
    And 1 minute later, the app leaves the foreground
    And 8 seconds later, the device is now not in use
    Then 2 seconds later, the app is suspended
    When 58 minutes 50 seconds later, the device is now in use
    Then 1 second later, the "study" task is delivered as a health research task, and the app sets its expiration handler
    When 4 seconds later, the app completes the "study" task as a success, and is suspended
    Then nothing else happens for 1 minute
    And the oracle says that the trace conforms

  @trace @conforms
  Scenario: Not launched while somebody uses the device
    Given the implementation declares health_needs_idle = "yes"
    When the person opens the app, which registers "study" while it launches
    And the app submits a health research request for "study", and it is accepted
    And 1 minute later, the app leaves the foreground
    And 8 seconds later, the device is now not in use
    Then 2 seconds later, the app is suspended
    When 58 minutes 50 seconds later, the device is now in use
    Then nothing else happens for 23 hours
    And the oracle says that the trace conforms
    And otherwise the oracle would blame the scheduler under CON-16

  @run @conforms
  Scenario: On any scheduler: not launched while somebody uses the device
    When the person opens the app, which registers "study" while it launches
    And the app submits a health research request for "study"
    Then it is accepted
    When 1 minute later, the app leaves the foreground
    And 8 seconds later, the device is now not in use
    And 58 minutes 52 seconds later, the device is now in use
    And 1 hour later, the runner grants a launch of "study", and 22 hours pass
    Then the oracle says that the trace conforms
