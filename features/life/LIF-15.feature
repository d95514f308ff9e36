@rule:LIF-15 @os:26.0
Feature: LIF-15 Waiting over death
  A waiting continued request whose process died (crash, memory, kill) may be dropped or kept: no
  source says. (A reboot and an update end it: LIF-16; an uninstall: LIF-6.) One under `fail` does
  not wait and is gone with its process (SUB-18).

  Background:
    Given an iPhone with iOS 26.0
    And the app "com.example.app" permits "export.*", with the background modes "processing"
    And the implementation declares continued_capacity = "1"
    When the person opens the app, which registers nothing while it launches
    And 4 seconds later, the app registers handlers for "export.1" and "export.2", and each returns true
    And the app submits a continued request for "export.1", titled "Export", subtitled "Starting", and it is accepted
    Then the "export.1" task is delivered as a continued task, and the app sets its expiration handler and its progress, completed 0, total 100
    When 1 second later, the app submits a continued request for "export.2", titled "Export", subtitled "Starting", and it is accepted
    And 1 second later, the app crashes
    Then the card of the "export.1" task says that it failed
    When 1 minute later, the person opens the app, which registers nothing while it launches
    And 1 second later, the app registers a handler for "export.2", and it returns true

  @trace @conforms @scheduler
  Scenario: The waiting request is run in the next process
    Then the "export.2" task is delivered as a continued task, and the app works it off: 0 of 100 units, 5 seconds later 50, 5 seconds later 100, as a success
    And nothing else happens for 1 minute
    And the oracle says that the trace conforms
    And with waiting_survives_process = "no", the oracle blames the scheduler under LAU-9

  @trace @conforms
  Scenario: The waiting request is gone
    Then nothing else happens for 5 minutes
    And the oracle says that the trace conforms
