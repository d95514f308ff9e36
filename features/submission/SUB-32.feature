@rule:SUB-32 @os:26.0
Feature: SUB-32 Queue may be full
  A continued submission under "queue" may fail with tooManyPendingTaskRequests (2): no length of the
  queue is documented.

  Background:
    Given an iPhone with iOS 26.0
    And the app "com.example.app" permits "export.*", with the background modes "processing"
    When the person opens the app, which registers nothing while it launches

  @trace @conforms
  Scenario: No length of the queue is documented
    When 4 seconds later, the app registers and submits a continued request for "export.1", titled "Export", subtitled "Starting", and it is refused with tooManyPendingTaskRequests
    Then nothing else happens for 1 second
    And the oracle says that the trace conforms

  @trace @conforms
  Scenario: Accepted, and it waits
    When 4 seconds later, the app registers and submits a continued request for "export.1", titled "Export", subtitled "Starting", and it is accepted
    And the app begins the work of "export.1"
    And 5 minutes later, the app ends the work of "export.1"
    Then nothing else happens for 1 second
    And the oracle says that the trace conforms
    And otherwise the oracle would blame the scheduler under SUB-19

  @run @conforms
  Scenario: On any scheduler: no length of the queue is documented
    When 4 seconds later, the app registers and submits a continued request for "export.1", titled "Export", subtitled "Starting"
    Then it is accepted, or it is refused with tooManyPendingTaskRequests
    When 1 second passes
    Then the oracle says that the trace conforms
