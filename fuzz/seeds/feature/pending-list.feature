@rule:PEN-1 @os:18.0
Feature: PEN-1 Lists each pending once
  The pending list holds each pending request once, as last submitted, in any order; it is empty where
  there is none. It shows one state that held between the call and the answer.

  Background:
    Given an iPhone with iOS 18.0
    And the app "com.example.app" permits "sync" and "clean", with the background modes "fetch" and "processing"
    When the person opens the app, which registers "sync" and "clean" while it launches
    And 1 second later, the app submits a refresh request for "sync", and it is accepted
    And the app submits a processing request for "clean", and it is accepted

  @trace @conforms
  Scenario: Both, in any order
    When the app asks for the pending requests, and it gets these requests:
      | identifier | kind       |
      | "clean"    | processing |
      | "sync"     | refresh    |
    Then nothing else happens for 1 second
    And the oracle says that the trace conforms
    And otherwise the oracle would blame the scheduler under PEN-1

  @trace @scheduler
  Scenario: One of them twice
    When the app asks for the pending requests, and it gets these requests:
      | identifier | kind       |
      | "sync"     | refresh    |
      | "sync"     | refresh    |
      | "clean"    | processing |
    Then nothing else happens for 1 second
    And the oracle blames the scheduler under PEN-1

  @run @conforms
  Scenario: On any scheduler: both, in any order
    When the app asks for the pending requests
    Then it gets these requests:
      | identifier | kind       |
      | "clean"    | processing |
      | "sync"     | refresh    |
    When 1 second passes
    Then the oracle says that the trace conforms
