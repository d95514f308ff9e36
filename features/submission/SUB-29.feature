@rule:SUB-29 @os:26.0
Feature: SUB-29 Refresh off may refuse continued
  With Background App Refresh denied or restricted a continued submission may fail with unavailable
  (1) or be accepted: the header names no kind, no report exists.

  Background:
    Given an iPhone with iOS 26.0, with Background App Refresh off
    And the app "com.example.app" permits "export.*", with the background modes "processing"
    When the person opens the app, which registers nothing while it launches

  @trace @conforms
  Scenario: Refused
    When 4 seconds later, the app registers and submits a continued request for "export.1", titled "Export", subtitled "Starting", and it is refused with unavailable
    Then nothing else happens for 1 second
    And the oracle says that the trace conforms

  @trace @conforms @scheduler
  Scenario: Accepted and run
    When 4 seconds later, the app starts a continued task for "export.1", at 0 of 100, titled "Export", subtitled "Starting"
    And 5 seconds later, the app sets the progress of the "export.1" task, completed 50, 5 seconds later completed 100, and completes it as a success
    Then nothing else happens for 1 minute
    And the oracle says that the trace conforms
    And otherwise the oracle would blame the scheduler under SUB-19
    And with bar_refuses_continued = "yes", the oracle blames the scheduler under SUB-29

  @run @conforms
  Scenario: On any scheduler: refused
    When 4 seconds later, the app registers and submits a continued request for "export.1", titled "Export", subtitled "Starting"
    Then it is accepted, or it is refused with unavailable, or it is refused with tooManyPendingTaskRequests
    When 1 second passes
    Then the oracle says that the trace conforms

  @run @conforms
  Scenario: On any scheduler: accepted and run
    When 4 seconds later, the app registers and submits a continued request for "export.1", titled "Export", subtitled "Starting"
    Then the "export.1" task is delivered as a continued task, and the app works it off: 0 of 100 units, 5 seconds later 50, 5 seconds later 100, as a success
    When 1 minute passes
    Then the oracle says that the trace conforms
