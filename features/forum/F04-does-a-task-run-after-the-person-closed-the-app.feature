@case:F04
# Asked: Does a task run after the person closed (killed) the app?
Feature: F04 Does a task run after the person closed the app?
  A forum question. The person closes the app in the app switcher while a request is pending. A
  refresh waits until the app is opened again; what a reboot changes is not settled. Processing
  may run: from which version on is not known, and 17.0 is taken for it.

  Background:
    Given the app "com.example.reader" permits "update", with the background modes "fetch" and "processing"
    And the trace is retold from a report

  @trace @rule:CON-9 @os:18.5 @conforms
  Scenario: Force-quit, the floor passes, nothing runs
    Given an iPhone with iOS 18.5
    When the person opens the app, which registers "update" while it launches
    And the app submits a refresh request for "update", earliest in 15 minutes, and it is accepted
    And 39 seconds later, the app leaves the foreground, and 6 seconds later it is suspended
    And 9 seconds later, the person force-quits the app
    And 20 seconds later, the device is now idle and locked
    Then nothing else happens for 1 day 23 hours 58 minutes 45 seconds
    And the oracle says that the trace conforms
    And otherwise the oracle would blame the scheduler under CON-9

  @trace @rule:CON-9 @os:18.5 @scheduler
  Scenario: Runs after the force-quit
    A refresh is launched although the person closed the app and did not open it again.

    Given an iPhone with iOS 18.5
    When the person opens the app, which registers "update" while it launches
    And the app submits a refresh request for "update", earliest in 15 minutes, and it is accepted
    And 39 seconds later, the app leaves the foreground, and 6 seconds later it is suspended
    And 9 seconds later, the person force-quits the app
    And 20 seconds later, the device is now idle and locked
    Then 3 hours 58 minutes 45 seconds later, the app is launched in the background, for "update", and registers "update" while it launches
    And the "update" task is delivered as a refresh task, and the app sets its expiration handler and submits a refresh request for "update", earliest in 2 hours, and it is accepted
    When 3 seconds later, the app completes the "update" task as a success, and is suspended
    Then nothing else happens for 1 minute
    And the oracle blames the scheduler under CON-9

  @trace @sequence @rule:LIF-11 @os:18.5 @conforms @scheduler
  Scenario: Launched after the person opened the app again
    The person opened the app again, which ends the mark; the request is launched.

    Given an iPhone with iOS 18.5
    When the person opens the app, which registers "update" while it launches
    And the app submits a refresh request for "update", earliest in 15 minutes, and it is accepted
    And 39 seconds later, the app leaves the foreground, and 6 seconds later it is suspended
    And 9 seconds later, the person force-quits the app
    And 20 seconds later, the device is now idle and locked
    And 58 minutes 45 seconds later, the device is now in use and unlocked
    And 1 second later, the person opens the app, which registers "update" while it launches
    And 30 seconds later, the app leaves the foreground
    And 5 seconds later, the device is now idle and locked
    Then 2 seconds later, the app is suspended
    And 2 hours 59 minutes 23 seconds later, the "update" task is delivered as a refresh task, and the app sets its expiration handler
    When the app submits a refresh request for "update", earliest in 2 hours, and it is accepted
    And 3 seconds later, the app completes the "update" task as a success, and is suspended
    Then nothing else happens for 1 minute
    And the oracle says that the trace conforms
    And with force_quit_drops_refresh = "yes", the oracle blames the scheduler under LAU-9

  @trace @sequence @rule:CON-9 @rule:LIF-3 @os:18.5 @conforms @scheduler
  Scenario: Launched after a reboot came between
    Where a reboot is declared not to end the mark, nothing may run.

    Given an iPhone with iOS 18.5
    When the person opens the app, which registers "update" while it launches
    And the app submits a refresh request for "update", earliest in 15 minutes, and it is accepted
    And 39 seconds later, the app leaves the foreground, and 6 seconds later it is suspended
    And 9 seconds later, the person force-quits the app
    And 20 seconds later, the device is now idle and locked
    And 58 minutes 45 seconds later, the device reboots
    And 2 minutes later, the device is now in use, unlocked for the first time and unlocked
    And 3 minutes later, the device is now idle and locked
    Then 2 hours 55 minutes later, the app is launched in the background, for "update", and registers "update" while it launches
    And the "update" task is delivered as a refresh task, and the app sets its expiration handler and submits a refresh request for "update", earliest in 2 hours, and it is accepted
    When 3 seconds later, the app completes the "update" task as a success, and is suspended
    Then nothing else happens for 1 minute
    And the oracle says that the trace conforms
    And with reboot_clears_force_quit = "no", the oracle blames the scheduler under CON-9

  @trace @sequence @rule:CON-10 @os:16.6 @conforms @scheduler
  Scenario: Processing is launched after the force-quit
    From 17 processing may run after a force-quit.

    Given an iPhone with iOS 16.6
    When the person opens the app, which registers "update" while it launches
    And the app submits a processing request for "update", earliest in 15 minutes, and it is accepted
    And 39 seconds later, the app leaves the foreground, and 6 seconds later it is suspended
    And 9 seconds later, the person force-quits the app
    And 20 seconds later, the device is now idle and locked
    Then 3 hours 58 minutes 45 seconds later, the app is launched in the background, for "update", and registers "update" while it launches
    And the "update" task is delivered as a processing task, and the app sets its expiration handler and submits a processing request for "update", earliest in 2 hours, and it is accepted
    When 3 seconds later, the app completes the "update" task as a success, and is suspended
    Then nothing else happens for 1 minute
    And the oracle blames the scheduler under CON-10
    And on iOS 17.0, the oracle says that the trace conforms
    And on iOS 18.5, the oracle says that the trace conforms
    And on iOS 26.1, the oracle says that the trace conforms

  @run @os:18.5 @conforms
  Scenario: On any scheduler: force-quit, the floor passes, nothing runs
    Given an iPhone with iOS 18.5
    When the person opens the app, which registers "update" while it launches
    And the app submits a refresh request for "update", earliest in 15 minutes
    Then it is accepted
    When 39 seconds later, the app leaves the foreground
    And 15 seconds later, the person force-quits the app
    And 20 seconds later, the device is now idle and locked
    And 1 day 23 hours 58 minutes 45 seconds pass
    Then nothing is delivered
    And the oracle says that the trace conforms
