@rule:SUB-13 @os:27.0
Feature: SUB-13 Async completes once
  The asynchronous submit completes exactly once within "reaction_time", on any queue, with no error
  or with the reason of the refusal, unless the process dies first. Exceptions (SUB-2) come at the
  call. The launch may come before the completion.

  Background:
    Given an iPhone with iOS 27.0
    And the app "com.example.app" permits "sync", with the background modes "fetch" and "processing"
    When the person opens the app, which registers "sync" while it launches
    And 1 second later, the app submits, as submission 1, a refresh request for "sync"

  @trace @conforms
  Scenario: It completes once
    Then submission 1 completes without an error
    And nothing else happens for 2 minutes
    And the oracle says that the trace conforms
    And otherwise the oracle would blame the scheduler under SUB-13

  @trace @scheduler
  Scenario: It completes twice
    Then submission 1 completes without an error
    And submission 1 completes without an error
    And nothing else happens for 2 minutes
    And the oracle blames the scheduler under SUB-13

  @trace @scheduler
  Scenario: It never completes
    Then nothing else happens for 3 minutes
    And the oracle blames the scheduler under SUB-13

  @run @conforms
  Scenario: On any scheduler: it completes once
    Then submission 1 completes without an error
    When 2 minutes pass
    Then the oracle says that the trace conforms
