@rule:LIF-15 @os:26.0
Feature: LIF-15 Waiting over death
  A waiting continued request whose process died (crash, memory, kill) may be dropped or kept: no
  source says. (A reboot and an update end it: LIF-16; an uninstall: LIF-6.) One under `fail` does
  not wait and is gone with its process (SUB-18).

  Background:
    Given an iPhone with iOS 26.0
    And the app "com.example.app"
    And it permits "export.*"
    And its background modes: "processing"
    And the implementation declares continued_capacity = "1"
    When the person opens the app
    And the app finishes launching
    And 4 seconds later, the app registers a handler for "export.1", and it returns true
    And the app registers a handler for "export.2", and it returns true

  @trace @conforms @scheduler
  Scenario: The waiting request is run in the next process
    When the app submits a continued request for "export.1", titled "Export", subtitled "Starting", and it is accepted
    Then the "export.1" task is delivered as a continued task
    When the app sets the expiration handler of the "export.1" task
    And the app sets the progress of the "export.1" task, completed 0, total 100
    And 1 second later, the app submits a continued request for "export.2", titled "Export", subtitled "Starting", and it is accepted
    And 1 second later, the app crashes
    Then the card of the "export.1" task says that it failed
    When 1 minute later, the person opens the app
    And the app finishes launching
    And 1 second later, the app registers a handler for "export.2", and it returns true
    Then the "export.2" task is delivered as a continued task
    When the app sets the expiration handler of the "export.2" task
    And the app sets the progress of the "export.2" task, completed 0, total 100
    And 5 seconds later, the app sets the progress of the "export.2" task, completed 50
    And 5 seconds later, the app sets the progress of the "export.2" task, completed 100
    And the app completes the "export.2" task as a success
    Then nothing else happens for 1 minute
    And the oracle says that the trace conforms
    And with waiting_survives_process = "no", the oracle blames the scheduler under LAU-9

  @trace @conforms
  Scenario: The waiting request is gone
    When the app submits a continued request for "export.1", titled "Export", subtitled "Starting", and it is accepted
    Then the "export.1" task is delivered as a continued task
    When the app sets the expiration handler of the "export.1" task
    And the app sets the progress of the "export.1" task, completed 0, total 100
    And 1 second later, the app submits a continued request for "export.2", titled "Export", subtitled "Starting", and it is accepted
    And 1 second later, the app crashes
    Then the card of the "export.1" task says that it failed
    When 1 minute later, the person opens the app
    And the app finishes launching
    And 1 second later, the app registers a handler for "export.2", and it returns true
    Then nothing else happens for 5 minutes
    And the oracle says that the trace conforms
