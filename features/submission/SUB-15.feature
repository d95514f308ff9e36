@rule:SUB-15 @os:18.0
Feature: SUB-15 Scheduler keeps copy
  The scheduler keeps a copy: changing the request object afterwards changes nothing.

  Background:
    Given an iPhone with iOS 18.0
    And the app "com.example.app" permits "sync", with the background modes "fetch" and "processing"
    When the person opens the app, which registers "sync" while it launches
    And the app submits a refresh request for "sync", earliest in 1 hour, and it is accepted
    And the app makes the object that it submitted a refresh request for "sync", earliest in 2 hours

  @trace @conforms
  Scenario: The scheduler has a copy
    When the app asks for the pending requests, and it gets these requests:
      | identifier | kind    | earliest  |
      | "sync"     | refresh | in 1 hour |
    Then nothing else happens for 1 second
    And the oracle says that the trace conforms
    And otherwise the oracle would blame the scheduler under SUB-15

  @trace @scheduler
  Scenario: The change reaches the scheduler
    When the app asks for the pending requests, and it gets these requests:
      | identifier | kind    | earliest   |
      | "sync"     | refresh | in 2 hours |
    Then nothing else happens for 1 second
    And the oracle blames the scheduler under SUB-15

  @run @conforms
  Scenario: On any scheduler: the scheduler has a copy
    When the app asks for the pending requests
    Then it gets these requests:
      | identifier | kind    | earliest  |
      | "sync"     | refresh | in 1 hour |
    When 1 second passes
    Then the oracle says that the trace conforms
