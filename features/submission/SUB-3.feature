@rule:SUB-3 @rule:SUB-27 @os:18.0
Feature: SUB-3 Unpermitted refused
  Submitting an identifier that is not permitted fails with notPermitted (3), raising nothing.

  Background:
    Given an iPhone with iOS 18.0
    And the app "com.example.app" permits "sync", with the background modes "fetch" and "processing"
    When the person opens the app, which registers nothing while it launches

  @trace @app
  Scenario: Not permitted
    When 1 second later, the app submits a refresh request for "other", and it is refused with notPermitted
    Then nothing else happens for 1 second
    And the oracle blames the app under SUB-27

  @trace @scheduler @app
  Scenario: Not permitted, and it succeeds
    When 1 second later, the app submits a refresh request for "other", and it is accepted
    Then nothing else happens for 1 second
    And the oracle blames the app under SUB-27
    And the oracle blames the scheduler under SUB-3

  @run @app
  Scenario: On any scheduler: not permitted
    When 1 second later, the app submits a refresh request for "other"
    Then it is refused with notPermitted
    When 1 second passes
    Then the oracle blames the app under SUB-27
