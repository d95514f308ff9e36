@rule:SUB-33 @os:26.0
Feature: SUB-33 Continued on persons action
  Continued processing is submitted on a person's action; judged only where the trace marks what a
  person caused. The system does not check it (27.0).

  Background:
    Given an iPhone with iOS 26.0
    And the app "com.example.app" permits "export.*", with the background modes "processing"
    When the person opens the app, which registers nothing while it launches
    And 4 seconds later, the app registers handlers for "export.1" and "export.2", and each returns true

  @trace @conforms
  Scenario: The trace marks what a person caused; the second submission is not marked
    When the app submits a continued request for "export.1", caused by a person, titled "Export", subtitled "Starting", and it is accepted
    Then the "export.1" task is delivered as a continued task, and the app sets its expiration handler and its progress, completed 0, total 100
    When 3 seconds later, the app submits a continued request for "export.2", titled "Export", subtitled "Starting", and it is accepted
    Then the "export.2" task is delivered as a continued task, and the app sets its expiration handler and its progress, completed 0, total 100
    When 3 seconds later, the app sets the progress of the "export.1" task, completed 100, and completes it as a success
    And 3 seconds later, the app sets the progress of the "export.2" task, completed 100, and completes it as a success
    Then nothing else happens for 1 minute
    And the oracle says that the trace conforms
    And the oracle advises SUB-33

  @run @conforms
  Scenario: On any scheduler: the trace marks what a person caused; the second submission is not marked
    When the app submits a continued request for "export.1", caused by a person, titled "Export", subtitled "Starting"
    Then the "export.1" task is delivered as a continued task, and the app sets its expiration handler and its progress, completed 0, total 100
    When 3 seconds later, the app submits a continued request for "export.2", titled "Export", subtitled "Starting"
    And the app sets the expiration handler of the "export.2" task
    And the app sets the progress of the "export.2" task, completed 0, total 100
    And 3 seconds later, the app sets the progress of the "export.1" task, completed 100, and completes it as a success
    And 3 seconds later, the app sets the progress of the "export.2" task, completed 100, and completes it as a success
    And 1 minute passes
    Then the oracle says that the trace conforms
    And the oracle advises SUB-33
