@rule:SUB-9 @os:18.0
Feature: SUB-9 Refusal leaves outstanding
  A refused submission leaves the outstanding requests as they were, with their old dates, also where
  SUB-12 hides the refusal, and a later one is judged afresh.

  Background:
    Given an iPhone with iOS 18.0
    And the app "com.example.app" permits "sync" and "news", with the background modes "fetch" and "processing"
    When the person opens the app, which registers "sync" and "news" while it launches
    And 1 second later, the app submits a refresh request for "sync", earliest in 1 hour, and it is accepted

  @trace @conforms
  Scenario: The refusal leaves the first request alone
    When the app submits a refresh request for "news", and it is refused with tooManyPendingTaskRequests
    And the app asks for the pending requests, and it gets these requests:
      | identifier | kind    | earliest  |
      | "sync"     | refresh | in 1 hour |
    Then nothing else happens for 1 second
    And the oracle says that the trace conforms
    And otherwise the oracle would blame the scheduler under SUB-9

  @trace @scheduler
  Scenario: The refusal takes the first request with it
    When the app submits a refresh request for "news", and it is refused with tooManyPendingTaskRequests
    And the app asks for the pending requests, and it gets nothing
    Then nothing else happens for 1 second
    And the oracle blames the scheduler under SUB-9

  @run @conforms
  Scenario: On any scheduler: the refusal leaves the first request alone
    When the app submits a refresh request for "news"
    And the app asks for the pending requests
    Then it gets these requests:
      | identifier | kind    | earliest  |
      | "sync"     | refresh | in 1 hour |
    When 1 second passes
    Then the oracle says that the trace conforms
