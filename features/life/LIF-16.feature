@rule:LIF-16 @os:26.0
Feature: LIF-16 Reboot ends everything running
  A reboot ends every process, running task and waiting continued request, and an update the waiting
  continued requests; nothing is launched before the first unlock (CON-5).

  Background:
    Given an iPhone with iOS 26.0
    And the app "com.example.app" permits "export.*", with the background modes "processing"

  @trace @conforms
  Scenario: The waiting request is gone
    Given the implementation declares continued_capacity = "1"
    When the person opens the app, which registers nothing while it launches
    And 4 seconds later, the app registers handlers for "export.1" and "export.2", and each returns true
    And the app submits a continued request for "export.1", titled "Export", subtitled "Starting", and it is accepted
    Then the "export.1" task is delivered as a continued task, and the app sets its expiration handler and its progress, completed 0, total 100
    When 1 second later, the app submits a continued request for "export.2", titled "Export", subtitled "Starting", and it is accepted
    And 1 second later, the device reboots, and 1 minute later it is unlocked for the first time
    And 1 minute later, the person opens the app, which registers nothing while it launches
    And 1 second later, the app registers a handler for "export.2", and it returns true
    Then nothing else happens for 5 minutes
    And the oracle says that the trace conforms
    And otherwise the oracle would blame the scheduler under LIF-16

  @trace @scheduler
  Scenario: A waiting request outlives a reboot
    Given the implementation declares continued_capacity = "1"
    When the person opens the app, which registers nothing while it launches
    And 4 seconds later, the app registers handlers for "export.1" and "export.2", and each returns true
    And the app submits a continued request for "export.1", titled "Export", subtitled "Starting", and it is accepted
    Then the "export.1" task is delivered as a continued task, and the app sets its expiration handler and its progress, completed 0, total 100
    When 1 second later, the app submits a continued request for "export.2", titled "Export", subtitled "Starting", and it is accepted
    And 1 second later, the device reboots, and 1 minute later it is unlocked for the first time
    And 1 minute later, the person opens the app, which registers nothing while it launches
    And 1 second later, the app registers a handler for "export.2", and it returns true
    Then the "export.2" task is delivered as a continued task, and the app works it off: 0 of 100 units, 5 seconds later 50, 5 seconds later 100, as a success
    And nothing else happens for 1 minute
    And the oracle blames the scheduler under LIF-16

  @run @conforms
  Scenario: A reboot with two tasks running and one request waiting
    Given the implementation declares continued_capacity = "2"
    When the person opens the app, which registers nothing while it launches
    And the app registers handlers for "export.1", "export.2" and "export.3", and each returns true
    And the app submits a continued request for each of "export.2" and "export.1", titled "Export", subtitled "Starting", and each is accepted
    Then the "export.1" task is delivered as a continued task
    When the app submits a continued request for "export.3", titled "Export", subtitled "Starting"
    And 2 seconds later, the device reboots, and 1 minute later it is unlocked for the first time
    And the person opens the app, which registers nothing while it launches
    And the app registers a handler for "export.3"
    And 5 minutes pass
    Then nothing is delivered
    And the oracle says that the trace conforms

  @run @conforms
  Scenario: An update with a request waiting
    Given the implementation declares continued_capacity = "2"
    When the person opens the app, which registers nothing while it launches
    And the app registers handlers for "export.1", "export.2" and "export.3", and each returns true
    And the app submits a continued request for each of "export.2" and "export.1", titled "Export", subtitled "Starting", and each is accepted
    Then the "export.1" task is delivered as a continued task
    When the app submits a continued request for "export.3", titled "Export", subtitled "Starting"
    And 2 seconds later, the app is updated
    And 1 minute later, the person opens the app, which registers nothing while it launches
    And the app registers a handler for "export.3"
    And 5 minutes pass
    Then nothing is delivered
    And the oracle says that the trace conforms
