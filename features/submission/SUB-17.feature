@rule:SUB-17 @rule:SUB-16 @os:26.0
Feature: SUB-17 Continued refused in background
  A continued request submitted while the app is not in the foreground is refused, with any code (4
  under `fail` only), and never launches; SUB-12 says when a refusal may go unreported. Within
  `leaving_grace` of really leaving the foreground either answer is allowed; a process that never
  was there has no such grace. While an app that the person started is still launching either answer
  is allowed too. (That it must come from a person's action is not checked: seen on 27.0.)

  Background:
    Given an iPhone with iOS 26.0
    And the app "com.example.app" permits "export.*", with the background modes "processing"
    When the person opens the app, which registers nothing while it launches
    And 4 seconds later, the app registers a handler for "export.1", and it returns true
    And the app leaves the foreground

  @trace @app
  Scenario: Refused
    When 4 seconds later, the app submits a continued request for "export.1", titled "Export", subtitled "Starting", and it is refused with notPermitted
    Then nothing else happens for 1 second
    And the oracle blames the app under SUB-16

  @trace @scheduler @app
  Scenario: Submitted in the background and run
    When 4 seconds later, the app submits a continued request for "export.1", titled "Export", subtitled "Starting", and it is accepted
    Then the "export.1" task is delivered as a continued task, and the app sets its expiration handler and its progress, completed 0, total 100
    And the card of the "export.1" task appears, titled "Export", subtitled "Starting"
    When 5 seconds later, the app sets the progress of the "export.1" task, completed 50, 5 seconds later completed 100, and completes it as a success
    Then the card of the "export.1" task says that it finished, and goes away 4 seconds later
    And 2 seconds later, the app is suspended, and nothing else happens for 1 minute
    And the oracle blames the app under SUB-16
    And the oracle blames the scheduler under SUB-17

  @run @app
  Scenario: On any scheduler: refused
    When 4 seconds later, the app submits a continued request for "export.1", titled "Export", subtitled "Starting"
    Then in the contract profile, it is refused
    When 1 second passes
    Then the oracle blames the app under SUB-16
