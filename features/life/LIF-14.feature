@rule:LIF-14 @os:18.0
Feature: LIF-14 Idle may be suspended
  A background process without a running task may be suspended at any time; a card of another
  framework, or a launch for another reason, changes nothing here.

  Background:
    Given an iPhone with iOS 18.0
    And the app "com.example.app" permits "sync", with the background modes "fetch" and "processing"
    When the person opens the app, which registers "sync" while it launches
    And 1 minute later, the app leaves the foreground

  @trace @conforms
  Scenario: Suspended at once
    Then the app is suspended, and nothing else happens for 1 minute
    And the oracle says that the trace conforms

  @trace @conforms
  Scenario: Not suspended for a while
    Then nothing else happens for 20 minutes
    And the oracle says that the trace conforms
    And otherwise the oracle would blame the scheduler under REG-8
    And otherwise the oracle would blame the scheduler under LIF-17

  @run @conforms
  Scenario Outline: On any scheduler: an app that left the foreground with nothing to do: <case>
    When <what happens>
    Then the oracle says that the trace conforms

    Examples:
      | case                      | what happens    |
      | Suspended at once         | 1 minute passes |
      | Not suspended for a while | 20 minutes pass |
