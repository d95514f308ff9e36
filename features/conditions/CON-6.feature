@rule:CON-6 @os:18.0
Feature: CON-6 Nothing with refresh off
  While Background App Refresh is denied or restricted for the app, or (from 26.0) background launches
  are denied to it, no refresh, processing or health research request of it is launched. Whether the
  pending ones are kept: CON-17. What happens to running tasks is unspecified.

  Background:
    Given an iPhone with iOS 18.0
    And the app "com.example.app" permits "sync", with the background modes "fetch" and "processing"
    When the person opens the app, which registers "sync" while it launches

  @trace @conforms
  Scenario: Nothing is launched
    When the app submits a refresh request for "sync", and it is accepted
    And 1 minute later, the person puts the device away, idle and locked, and 2 seconds later the app is suspended
    And 58 minutes 50 seconds later, the device is now with Background App Refresh off
    Then nothing else happens for 23 hours
    And the oracle says that the trace conforms
    And otherwise the oracle would blame the scheduler under CON-6

  @trace @scheduler
  Scenario: Launched although Background App Refresh is off
    When the app submits a processing request for "sync", and it is accepted
    And 1 minute later, the person puts the device away, idle and locked, and 2 seconds later the app is suspended
    And 58 minutes 50 seconds later, the device is now with Background App Refresh off
    Then 1 hour later, the "sync" task is delivered as a processing task, and the app sets its expiration handler
    When 4 seconds later, the app completes the "sync" task as a success, and is suspended
    Then nothing else happens for 1 minute
    And the oracle blames the scheduler under CON-6

  @run @conforms
  Scenario: On any scheduler: nothing is launched
    When the app submits a refresh request for "sync"
    Then it is accepted
    When 1 minute later, the person puts the device away, idle and locked
    And 58 minutes 52 seconds later, the device is now with Background App Refresh off
    And 1 hour later, the runner grants a launch of "sync", and 22 hours pass
    Then nothing is delivered
    And the oracle says that the trace conforms
