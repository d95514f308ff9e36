@rule:IDN-13 @os:26.0
Feature: IDN-13 Fresh identifier each continued task
  Each continued processing task gets a fresh concrete identifier, registered just before its
  submission; names made of second-resolution times collide.

  Background:
    Given an iPhone with iOS 26.0
    And the app "com.example.app"
    And it permits "export.1"
    And its background modes: "processing"
    When the person opens the app
    And the app finishes launching
    And 4 seconds later, the app registers a handler for "export.1", and it returns true

  @trace @conforms
  Scenario: The second task runs under the identifier of the first
    When the app submits a continued request for "export.1", titled "Export", subtitled "Starting", and it is accepted
    Then the "export.1" task is delivered as a continued task
    When the app sets the expiration handler of the "export.1" task
    And the app sets the progress of the "export.1" task, completed 0, total 100
    And 5 seconds later, the app sets the progress of the "export.1" task, completed 50
    And 5 seconds later, the app sets the progress of the "export.1" task, completed 100
    And the app completes the "export.1" task as a success
    And 1 minute later, the app submits a continued request for "export.1", titled "Export", subtitled "Starting", and it is accepted
    Then the 2nd "export.1" task is delivered as a continued task
    When the app sets the expiration handler of the 2nd "export.1" task
    And the app sets the progress of the 2nd "export.1" task, completed 0, total 100
    And 5 seconds later, the app sets the progress of the 2nd "export.1" task, completed 50
    And 5 seconds later, the app sets the progress of the 2nd "export.1" task, completed 100
    And the app completes the 2nd "export.1" task as a success
    Then nothing else happens for 1 minute
    And the oracle says that the trace conforms
    And the oracle advises IDN-13

  @run @conforms
  Scenario: On any scheduler: the second task runs under the identifier of the first
    When the app submits a continued request for "export.1", titled "Export", subtitled "Starting"
    Then the "export.1" task is delivered as a continued task
    When the app sets the expiration handler of the "export.1" task
    And the app sets the progress of the "export.1" task, completed 0, total 100
    And 5 seconds later, the app sets the progress of the "export.1" task, completed 50
    And 5 seconds later, the app sets the progress of the "export.1" task, completed 100
    And the app completes the "export.1" task as a success
    And 1 minute later, the app submits a continued request for "export.1", titled "Export", subtitled "Starting"
    And the app sets the expiration handler of the 2nd "export.1" task
    And the app sets the progress of the 2nd "export.1" task, completed 0, total 100
    And 5 seconds later, the app sets the progress of the 2nd "export.1" task, completed 50
    And 5 seconds later, the app sets the progress of the 2nd "export.1" task, completed 100
    And the app completes the 2nd "export.1" task as a success
    And 1 minute passes
    Then the oracle says that the trace conforms
    And the oracle advises IDN-13
