@rule:PEN-3 @os:18.0
Feature: PEN-3 Listed are copies
  The listed requests are copies: changing one changes nothing.

  Background:
    Given an iPhone with iOS 18.0
    And the app "com.example.app" permits "sync", with the background modes "fetch" and "processing"
    When the person opens the app, which registers "sync" while it launches
    And the app submits a refresh request for "sync", earliest in 1 hour, and it is accepted

  @trace @conforms
  Scenario: The listed request was a copy
    When the app asks for the pending requests, and it gets these requests:
      | identifier | kind    | earliest  |
      | "sync"     | refresh | in 1 hour |
    And the app makes an object of the pending list a refresh request for "sync", earliest in 2 hours
    And the app asks for the pending requests, and it gets these requests:
      | identifier | kind    | earliest  |
      | "sync"     | refresh | in 1 hour |
    Then nothing else happens for 1 second
    And the oracle says that the trace conforms
    And otherwise the oracle would blame the scheduler under PEN-3

  @trace @scheduler
  Scenario: The change of a listed request reaches the scheduler
    When the app asks for the pending requests, and it gets these requests:
      | identifier | kind    | earliest  |
      | "sync"     | refresh | in 1 hour |
    And the app makes an object of the pending list a refresh request for "sync", earliest in 2 hours
    And the app asks for the pending requests, and it gets these requests:
      | identifier | kind    | earliest   |
      | "sync"     | refresh | in 2 hours |
    Then nothing else happens for 1 second
    And the oracle blames the scheduler under PEN-3

  @run @conforms
  Scenario: On any scheduler: the listed request was a copy
    When the app asks for the pending requests
    And the app makes an object of the pending list a refresh request for "sync", earliest in 2 hours
    And the app asks for the pending requests
    Then it gets these requests:
      | identifier | kind    | earliest  |
      | "sync"     | refresh | in 1 hour |
    When 1 second passes
    Then the oracle says that the trace conforms
