@rule:LIF-16 @os:26.0
Feature: LIF-16 Reboot ends everything running
  A reboot ends every process, running task and waiting continued request, and an update the waiting
  continued requests; nothing is launched before the first unlock (CON-5).

  Background:
    Given an iPhone with iOS 26.0
    And the app "com.example.app"
    And it permits "export.*"
    And its background modes: "processing"

  @trace @conforms
  Scenario: The waiting request is gone
    Given the implementation declares continued_capacity = "1"
    When the person opens the app
    And the app finishes launching
    And 4 seconds later, the app registers a handler for "export.1", and it returns true
    And the app registers a handler for "export.2", and it returns true
    And the app submits a continued request for "export.1", titled "Export", subtitled "Starting", and it is accepted
    Then the "export.1" task is delivered as a continued task
    When the app sets the expiration handler of the "export.1" task
    And the app sets the progress of the "export.1" task, completed 0, total 100
    And 1 second later, the app submits a continued request for "export.2", titled "Export", subtitled "Starting", and it is accepted
    And 1 second later, the device reboots
    And 1 minute later, the device is now unlocked for the first time and unlocked
    And 1 minute later, the person opens the app
    And the app finishes launching
    And 1 second later, the app registers a handler for "export.2", and it returns true
    Then nothing else happens for 5 minutes
    And the oracle says that the trace conforms
    And otherwise the oracle would blame the scheduler under LIF-16

  @trace @scheduler
  Scenario: A waiting request outlives a reboot
    Given the implementation declares continued_capacity = "1"
    When the person opens the app
    And the app finishes launching
    And 4 seconds later, the app registers a handler for "export.1", and it returns true
    And the app registers a handler for "export.2", and it returns true
    And the app submits a continued request for "export.1", titled "Export", subtitled "Starting", and it is accepted
    Then the "export.1" task is delivered as a continued task
    When the app sets the expiration handler of the "export.1" task
    And the app sets the progress of the "export.1" task, completed 0, total 100
    And 1 second later, the app submits a continued request for "export.2", titled "Export", subtitled "Starting", and it is accepted
    And 1 second later, the device reboots
    And 1 minute later, the device is now unlocked for the first time and unlocked
    And 1 minute later, the person opens the app
    And the app finishes launching
    And 1 second later, the app registers a handler for "export.2", and it returns true
    Then the "export.2" task is delivered as a continued task
    When the app sets the expiration handler of the "export.2" task
    And the app sets the progress of the "export.2" task, completed 0, total 100
    And 5 seconds later, the app sets the progress of the "export.2" task, completed 50
    And 5 seconds later, the app sets the progress of the "export.2" task, completed 100
    And the app completes the "export.2" task as a success
    Then nothing else happens for 1 minute
    And the oracle blames the scheduler under LIF-16

  @run @conforms
  Scenario: A reboot with two tasks running and one request waiting
    Given the implementation declares continued_capacity = "2"
    When the person opens the app
    And the app finishes launching
    And the app registers a handler for "export.1"
    And the app registers a handler for "export.2"
    And the app registers a handler for "export.3"
    And the app submits a continued request for "export.2", titled "Export", subtitled "Starting"
    And the app submits a continued request for "export.1", titled "Export", subtitled "Starting"
    Then the "export.1" task is delivered as a continued task
    When the app submits a continued request for "export.3", titled "Export", subtitled "Starting"
    And 2 seconds later, the device reboots
    And 1 minute later, the device is now unlocked for the first time and unlocked
    And the person opens the app
    And the app finishes launching
    And the app registers a handler for "export.3"
    And 5 minutes pass
    Then nothing is delivered
    And the oracle says that the trace conforms

  @run @conforms
  Scenario: An update with a request waiting
    Given the implementation declares continued_capacity = "2"
    When the person opens the app
    And the app finishes launching
    And the app registers a handler for "export.1"
    And the app registers a handler for "export.2"
    And the app registers a handler for "export.3"
    And the app submits a continued request for "export.2", titled "Export", subtitled "Starting"
    And the app submits a continued request for "export.1", titled "Export", subtitled "Starting"
    Then the "export.1" task is delivered as a continued task
    When the app submits a continued request for "export.3", titled "Export", subtitled "Starting"
    And 2 seconds later, the app is updated
    And 1 minute later, the person opens the app
    And the app finishes launching
    And the app registers a handler for "export.3"
    And 5 minutes pass
    Then nothing is delivered
    And the oracle says that the trace conforms
