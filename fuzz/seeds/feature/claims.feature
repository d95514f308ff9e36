@case:W5 @os:26.0
# Asked: How do I keep work from being interrupted?
Feature: W5 Work that must not be interrupted
  Something else than a task keeps the process awake.

  Background:
    Given an iPhone with iOS 26.0
    And the app "com.example.guide" permits "sync", with the background modes "fetch"
    When the person opens the app, which registers "sync" while it launches
    And 20 seconds later, something else keeps the app awake
    And 1 second later, the app leaves the foreground
    And 25 seconds later, nothing else keeps the app awake any more

  @trace @rule:CMP-5 @rule:LIF-14 @conforms
  Scenario: Kept awake by something else
    An assertion of another interface keeps the app awake, and then it is suspended.

    Then the app is suspended, and nothing else happens for 1 minute
    And the oracle says that the trace conforms
    And otherwise the oracle would blame the scheduler under LIF-17

  @run @conforms
  Scenario: On any scheduler: kept awake by something else
    When 1 minute passes
    Then nothing is delivered
    And the oracle says that the trace conforms
