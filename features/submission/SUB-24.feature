@rule:SUB-24 @os:26.0
Feature: SUB-24 Resubmission while running
  Under "queue", resubmitting the identifier of a running continued task may be refused with any code
  but 4, or be accepted to run after it (never beside it: CON-11); while it waits SUB-4 holds. Under
  "fail" it is refused, with 4 or another code.

  Background:
    Given an iPhone with iOS 26.0
    And the app "com.example.app" permits "export.*", with the background modes "processing"
    When the person opens the app, which registers nothing while it launches
    And 4 seconds later, the app starts a continued task for "export.1", at 0 of 100, titled "Export", subtitled "Starting"

  @trace @conforms
  Scenario: Refused while the first task runs
    When 1 second later, the app submits a continued request for "export.1", titled "Export", subtitled "Starting", and it is refused with notPermitted
    And 5 seconds later, the app sets the progress of the "export.1" task, completed 50, 5 seconds later completed 100, and completes it as a success
    Then nothing else happens for 1 minute
    And the oracle says that the trace conforms

  @trace @conforms @scheduler
  Scenario: Run after the first task
    When 1 second later, the app submits a continued request for "export.1", titled "Export", subtitled "Starting", and it is accepted
    And 5 seconds later, the app sets the progress of the "export.1" task, completed 50, 5 seconds later completed 100, and completes it as a success
    Then the 2nd "export.1" task is delivered as a continued task, and the app works it off: 0 of 100 units, 5 seconds later 50, 5 seconds later 100, as a success
    And nothing else happens for 1 minute
    And the oracle says that the trace conforms
    And otherwise the oracle would blame the scheduler under CON-11
    And with continued_resubmit_while_running = "refused", the oracle blames the scheduler under SUB-24
