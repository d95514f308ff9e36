@rule:SUB-30 @os:27.0
Feature: SUB-30 Async takes effect once
  An asynchronous submission takes effect at one moment between its call and its completion: until
  then it may be missing from the list, and a cancel or another submission of the identifier may fall
  before or after it.

  Background:
    Given an iPhone with iOS 27.0
    And the app "com.example.app" permits "sync", with the background modes "fetch" and "processing"
    When the person opens the app, which registers "sync" while it launches
    And 1 second later, the app submits, as submission 1, a refresh request for "sync"

  @trace @conforms
  Scenario: Not listed before it completed
    When the app asks for the pending requests, and it gets nothing
    Then submission 1 completes without an error
    When the app asks for the pending requests, and it gets these requests:
      | identifier | kind    |
      | "sync"     | refresh |
    Then nothing else happens for 1 second
    And the oracle says that the trace conforms

  @trace @conforms
  Scenario: Listed before it completed
    When the app asks for the pending requests, and it gets these requests:
      | identifier | kind    |
      | "sync"     | refresh |
    Then submission 1 completes without an error
    And nothing else happens for 1 second
    And the oracle says that the trace conforms
    And otherwise the oracle would blame the scheduler under PEN-1

  @run @conforms
  Scenario: On any scheduler: not listed before it completed
    When the app asks for the pending requests
    And the app asks for the pending requests
    And 1 second passes
    Then the oracle says that the trace conforms

  @run @conforms
  Scenario: On any scheduler: listed before it completed
    When the app asks for the pending requests
    And 1 second passes
    Then the oracle says that the trace conforms
