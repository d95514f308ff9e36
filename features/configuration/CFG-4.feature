@rule:CFG-4 @os:26.0
Feature: CFG-4 Continued mode
  A continued processing request needs no background mode (seen on a device), or the mode
  "processing": no page names one for it.

  Background:
    Given an iPhone with iOS 26.0
    And the app "com.example.app" permits "export.*"
    When the person opens the app, which registers nothing while it launches

  @trace @conforms @scheduler
  Scenario: A continued request runs without any background mode
    When 4 seconds later, the app starts a continued task for "export.1", at 0 of 100, titled "Export", subtitled "Starting"
    And 5 seconds later, the app sets the progress of the "export.1" task, completed 50, 5 seconds later completed 100, and completes it as a success
    Then nothing else happens for 1 minute
    And the oracle says that the trace conforms
    And otherwise the oracle would blame the scheduler under SUB-19
    And with continued_mode = "processing", the oracle blames the scheduler under CFG-4

  @trace @conforms
  Scenario: A continued request without the mode processing is refused
    When 4 seconds later, the app registers and submits a continued request for "export.1", titled "Export", subtitled "Starting", and it is refused with notPermitted
    Then nothing else happens for 1 second
    And the oracle says that the trace conforms

  @run @conforms
  Scenario: On any scheduler: a continued request runs without any background mode
    When 4 seconds later, the app registers and submits a continued request for "export.1", titled "Export", subtitled "Starting"
    Then the "export.1" task is delivered as a continued task, and the app works it off: 0 of 100 units, 5 seconds later 50, 5 seconds later 100, as a success
    When 1 minute passes
    Then the oracle says that the trace conforms

  @run @conforms
  Scenario: On any scheduler: a continued request without the mode processing is refused
    When 4 seconds later, the app registers and submits a continued request for "export.1", titled "Export", subtitled "Starting"
    Then it is accepted, or it is refused with notPermitted, or it is refused with tooManyPendingTaskRequests
    When 1 second passes
    Then the oracle says that the trace conforms
