@rule:SUB-25 @os:18.0
Feature: SUB-25 Calls are linearizable
  Calls from several threads behave as if they had happened one after another, each between its start
  and its return.

  Background:
    Given an iPhone with iOS 18.0
    And the app "com.example.app" permits "sync" and "news", with the background modes "fetch" and "processing"
    When the person opens the app, which registers "sync" and "news" while it launches
    And 1 second later, the app submits a refresh request for "sync", on the thread "a", as call 1
    And the app submits a refresh request for "news", on the thread "b", as call 2
    And the submission ends, as call 1, and it is refused with tooManyPendingTaskRequests

  @trace @conforms
  Scenario: The second call took effect first
    When the submission ends, as call 2, and it is accepted
    And the app asks for the pending requests, and it gets these requests:
      | identifier | kind    |
      | "news"     | refresh |
    Then nothing else happens for 1 second
    And the oracle says that the trace conforms
    And otherwise the oracle would blame the scheduler under SUB-25

  @trace @scheduler
  Scenario: Both are refused for the other: no order explains that
    When the submission ends, as call 2, and it is refused with tooManyPendingTaskRequests
    Then nothing else happens for 1 second
    And the oracle blames the scheduler under SUB-25
