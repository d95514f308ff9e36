@case:F16 @os:18.2
# Asked: Does a Live Activity keep my app awake?
Feature: F16 A Live Activity keeps nothing awake
  A session of another framework runs while its card is in view. No task runs, so the process may be
  suspended.

  Background:
    Given an iPhone with iOS 18.2
    And the app "com.example.finder" permits "refresh", with the background modes "fetch"
    And the trace is retold from a report
    When the person opens the app, which registers "refresh" while it launches

  @trace @rule:LIF-14 @conforms
  Scenario: No task runs
    A forum question: Nearby Interaction with a Live Activity in the background. The Live Activity is
    another framework's card: the app is suspended like any other.

    When 2 minutes later, the app leaves the foreground, and 6 seconds later it is suspended
    Then nothing else happens for 20 minutes
    And the oracle says that the trace conforms

  @run @conforms
  Scenario: On any scheduler: no task runs
    When 2 minutes later, the app leaves the foreground
    And 20 minutes 6 seconds pass
    Then nothing is delivered
    And the oracle says that the trace conforms
