@rule:EXP-15 @os:18.0
Feature: EXP-15 Powered processing not killed for CPU
  While processing or health research that requires external power runs, the app is not killed for
  CPU use. (Two reports of iOS 14 show such kills; staff called them a bug: allowed in the field.)

  Background:
    Given an iPhone with iOS 18.0, on external power
    And the app "com.example.app" permits "sync", with the background modes "fetch" and "processing"
    When the person opens the app, which registers "sync" while it launches

  @trace @conforms
  Scenario: It did not ask for external power
    When the app submits a processing request for "sync", and it is accepted
    And 1 minute later, the person puts the device away, idle and locked, and 2 seconds later the app is suspended
    Then 58 minutes 50 seconds later, the "sync" task is delivered as a processing task, and the app sets its expiration handler
    And 1 minute later, the system kills the app, for using too much CPU
    And nothing else happens for 1 minute
    And the oracle says that the trace conforms

  @trace @conforms @scheduler
  Scenario: Killed for its CPU time although it asked for external power
    Seen on iOS 14.

    When the app submits a processing request for "sync", requiring external power, and it is accepted
    And 1 minute later, the person puts the device away, idle and locked, and 2 seconds later the app is suspended
    Then 58 minutes 50 seconds later, the "sync" task is delivered as a processing task, and the app sets its expiration handler
    And 1 minute later, the system kills the app, for using too much CPU
    And nothing else happens for 1 minute
    And in the contract profile, the oracle blames the scheduler under EXP-15
    And in the field profile, the oracle says that the trace conforms
    And in the field profile, with cpu_monitor = "off", the oracle blames the scheduler under EXP-15

  @run @conforms
  Scenario: On any scheduler: it did not ask for external power
    When the app submits a processing request for "sync"
    And 1 minute later, the person puts the device away, idle and locked
    And 58 minutes 52 seconds later, the runner grants a launch of "sync"
    Then the "sync" task is delivered as a processing task, and the app sets its expiration handler
    When 2 minutes pass
    Then the oracle says that the trace conforms
