@rule:LIF-17 @os:18.0
Feature: LIF-17 Foreground is not suspended
  An app in the foreground is not suspended, nor a process that something else keeps awake (CMP-5).

  Background:
    Given an iPhone with iOS 18.0
    And the app "com.example.app" permits "sync", with the background modes "fetch" and "processing"
    When the person opens the app, which registers "sync" while it launches

  @trace @conforms
  Scenario: Suspended when nothing keeps it awake any more
    When something else keeps the app awake
    And 1 minute later, the app leaves the foreground
    And 10 minutes later, nothing else keeps the app awake any more
    Then 1 second later, the app is suspended, and nothing else happens for 1 minute
    And the oracle says that the trace conforms

  @trace @scheduler
  Scenario: Suspended in the foreground
    Then 1 minute later, the app is suspended, and nothing else happens for 1 minute
    And the oracle blames the scheduler under LIF-17

  @trace @scheduler
  Scenario: Suspended though something else keeps it awake
    When something else keeps the app awake
    And 1 minute later, the app leaves the foreground, and 1 minute later it is suspended
    Then nothing else happens for 1 minute
    And the oracle blames the scheduler under LIF-17

  @run @conforms
  Scenario: On any scheduler: what is kept awake goes on in the background
    When something else keeps the app awake
    And 1 minute later, the app leaves the foreground
    And 10 minutes later, the app asks for the pending requests
    Then it gets nothing
    When nothing else keeps the app awake any more
    And 1 minute passes
    Then the oracle says that the trace conforms
