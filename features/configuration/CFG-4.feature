@rule:CFG-4 @os:26.0
Feature: CFG-4 Continued mode
  A continued processing request needs no background mode (seen on a device), or the mode
  "processing": no page names one for it.

  Background:
    Given an iPhone with iOS 26.0
    And the app "com.example.app"
    And it permits "export.*"
    When the person opens the app
    And the app finishes launching
    And 4 seconds later, the app registers a handler for "export.1", and it returns true

  @trace @conforms @scheduler
  Scenario: A continued request runs without any background mode
    When the app submits a continued request for "export.1", titled "Export", subtitled "Starting", and it is accepted
    Then the "export.1" task is delivered as a continued task
    When the app sets the expiration handler of the "export.1" task
    And the app sets the progress of the "export.1" task, completed 0, total 100
    And 5 seconds later, the app sets the progress of the "export.1" task, completed 50
    And 5 seconds later, the app sets the progress of the "export.1" task, completed 100
    And the app completes the "export.1" task as a success
    Then nothing else happens for 1 minute
    And the oracle says that the trace conforms
    And otherwise the oracle would blame the scheduler under SUB-19
    And with continued_mode = "processing", the oracle blames the scheduler under CFG-4

  @trace @conforms
  Scenario: A continued request without the mode processing is refused
    When the app submits a continued request for "export.1", titled "Export", subtitled "Starting", and it is refused with notPermitted
    Then nothing else happens for 1 second
    And the oracle says that the trace conforms

  @run @conforms
  Scenario: On any scheduler: a continued request runs without any background mode
    When the app submits a continued request for "export.1", titled "Export", subtitled "Starting"
    Then the "export.1" task is delivered as a continued task
    When the app sets the expiration handler of the "export.1" task
    And the app sets the progress of the "export.1" task, completed 0, total 100
    And 5 seconds later, the app sets the progress of the "export.1" task, completed 50
    And 5 seconds later, the app sets the progress of the "export.1" task, completed 100
    And the app completes the "export.1" task as a success
    And 1 minute passes
    Then the oracle says that the trace conforms

  @run @conforms
  Scenario: On any scheduler: a continued request without the mode processing is refused
    When the app submits a continued request for "export.1", titled "Export", subtitled "Starting"
    Then it is accepted, or it is refused with notPermitted, or it is refused with tooManyPendingTaskRequests
    When 1 second passes
    Then the oracle says that the trace conforms
