@rule:IDN-6 @rule:SUB-27 @os:26.1
Feature: IDN-6 Wildcard string not submittable
  A wildcard string is no identifier to submit: it is refused with any code or raises as SUB-2, and
  nothing is launched for it.

  Background:
    Given an iPhone with iOS 26.1
    And the app "com.example.app" permits "export.*", with the background modes "fetch" and "processing"
    When the person opens the app, which registers nothing while it launches

  @trace @app
  Scenario: A wildcard string is no identifier to submit
    When 1 second later, the app submits a continued request for "export.*", titled "Export", subtitled "Starting", and it is refused with notPermitted
    Then nothing else happens for 1 second
    And the oracle blames the app under SUB-27

  @trace @scheduler @app
  Scenario: A wildcard string is submitted and accepted
    When 1 second later, the app submits a continued request for "export.*", titled "Export", subtitled "Starting", and it is accepted
    Then nothing else happens for 1 second
    And the oracle blames the app under SUB-27
    And the oracle blames the scheduler under IDN-6

  @run @app
  Scenario: On any scheduler: a wildcard string is no identifier to submit
    When 1 second later, the app submits a continued request for "export.*", titled "Export", subtitled "Starting"
    Then it raises "No launch handler registered", or it is refused
    When 1 second passes
    Then the oracle blames the app under SUB-27
