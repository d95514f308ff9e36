@rule:IDN-13 @os:26.0
Feature: IDN-13 Fresh identifier each continued task
  Each continued processing task gets a fresh concrete identifier, registered just before its
  submission; names made of second-resolution times collide.

  Background:
    Given an iPhone with iOS 26.0
    And the app "com.example.app" permits "export.1", with the background modes "processing"
    When the person opens the app, which registers nothing while it launches

  @trace @conforms
  Scenario: The second task runs under the identifier of the first
    When 4 seconds later, the app starts a continued task for "export.1", at 0 of 100, titled "Export", subtitled "Starting"
    And 5 seconds later, the app sets the progress of the "export.1" task, completed 50, 5 seconds later completed 100, and completes it as a success
    And 1 minute later, the app submits a continued request for "export.1", titled "Export", subtitled "Starting", and it is accepted
    Then the 2nd "export.1" task is delivered as a continued task, and the app works it off: 0 of 100 units, 5 seconds later 50, 5 seconds later 100, as a success
    And nothing else happens for 1 minute
    And the oracle says that the trace conforms
    And the oracle advises IDN-13

  @run @conforms
  Scenario: On any scheduler: the second task runs under the identifier of the first
    When 4 seconds later, the app registers and submits a continued request for "export.1", titled "Export", subtitled "Starting"
    Then the "export.1" task is delivered as a continued task, and the app works it off: 0 of 100 units, 5 seconds later 50, 5 seconds later 100, as a success
    When 1 minute later, the app submits a continued request for "export.1", titled "Export", subtitled "Starting"
    And the app sets the expiration handler of the 2nd "export.1" task
    And the app sets the progress of the 2nd "export.1" task, completed 0, total 100
    And 5 seconds later, the app sets the progress of the 2nd "export.1" task, completed 50, 5 seconds later completed 100, and completes it as a success
    And 1 minute passes
    Then the oracle says that the trace conforms
    And the oracle advises IDN-13
