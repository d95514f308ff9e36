@rule:SUB-21 @os:26.0
Feature: SUB-21 Continued carries title
  Continued processing requests carry a title and a subtitle; empty strings are strings. What the
  scheduler does with a request that lacks one is undefined. That holds for the asynchronous submit
  too: SUB-13 does not bind there.

  Background:
    Given an iPhone with iOS 26.0
    And the app "com.example.app" permits "export.*", with the background modes "processing"
    When the person opens the app, which registers nothing while it launches

  @trace @conforms
  Scenario: Empty strings are strings
    When 4 seconds later, the app starts a continued task for "export.1", at 0 of 100, titled "", subtitled ""
    And 5 seconds later, the app sets the progress of the "export.1" task, completed 50, 5 seconds later completed 100, and completes it as a success
    Then nothing else happens for 1 minute
    And the oracle says that the trace conforms
    And otherwise the oracle would blame the scheduler under SUB-19

  @trace @app
  Scenario: No title and no subtitle
    When 4 seconds later, the app registers and submits a continued request for "export.1", and it is refused with notPermitted
    Then nothing else happens for 1 second
    And the oracle blames the app under SUB-21

  @run @conforms
  Scenario: On any scheduler: empty strings are strings
    When 4 seconds later, the app registers and submits a continued request for "export.1", titled "", subtitled ""
    Then the "export.1" task is delivered as a continued task, and the app works it off: 0 of 100 units, 5 seconds later 50, 5 seconds later 100, as a success
    When 1 minute passes
    Then the oracle says that the trace conforms

  @run @app
  Scenario: On any scheduler: no title and no subtitle
    When 4 seconds later, the app registers and submits a continued request for "export.1"
    And 1 second passes
    Then the oracle blames the app under SUB-21
