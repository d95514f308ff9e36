@rule:LIF-3 @os:18.0
Feature: LIF-3 Force quit mark
  The person's next launch of the app clears the force-quit mark. Whether a reboot clears it too is
  disputed: Apple's staff said both, and the setting reboot_clears_force_quit leaves both open.

  Background:
    Given an iPhone with iOS 18.0
    And the app "com.example.app" permits "sync", with the background modes "fetch" and "processing"

  @trace @conforms
  Scenario: Launched after the person opened the app again
    Given the implementation declares reboot_clears_force_quit = "no"
    When the person opens the app, which registers "sync" while it launches
    And the app submits a refresh request for "sync", and it is accepted
    And 1 minute later, the person puts the device away, idle and locked, and 2 seconds later the app is suspended
    And 3 minutes 50 seconds later, the person force-quits the app
    And 55 minutes later, the device is now in use and unlocked
    And 1 second later, the person opens the app, which registers "sync" while it launches
    And 1 minute later, the app leaves the foreground, and 5 seconds later it is suspended
    Then 58 minutes 54 seconds later, the "sync" task is delivered as a refresh task, and the app sets its expiration handler and submits a refresh request for "sync", earliest in 2 hours, and it is accepted
    When 4 seconds later, the app completes the "sync" task as a success, and is suspended
    Then nothing else happens for 1 minute
    And the oracle says that the trace conforms

  @trace @conforms @scheduler
  Scenario: Launched after a reboot and an unlock
    Where it is declared not to, nothing may be launched.

    When the person opens the app, which registers "sync" while it launches
    And the app submits a refresh request for "sync", and it is accepted
    And 1 minute later, the person puts the device away, idle and locked, and 2 seconds later the app is suspended
    And 3 minutes 50 seconds later, the person force-quits the app
    And 55 minutes later, the device reboots, and 1 minute later it is unlocked for the first time
    Then 59 minutes later, the app is launched in the background, for "sync", and registers "sync" while it launches
    And the "sync" task is delivered as a refresh task, and the app sets its expiration handler and submits a refresh request for "sync", earliest in 2 hours, and it is accepted
    When 4 seconds later, the app completes the "sync" task as a success, and is suspended
    Then nothing else happens for 1 minute
    And the oracle says that the trace conforms
    And with reboot_clears_force_quit = "no", the oracle blames the scheduler under LIF-3

  @run @conforms
  Scenario: A grant after a force-quit and a reboot
    Given the implementation declares reboot_clears_force_quit = "no"
    When the person opens the app, which registers "sync" while it launches
    And the app submits a refresh request for "sync"
    And 1 minute later, the app leaves the foreground
    And 10 seconds later, the person force-quits the app
    And 1 minute later, the device reboots, and 1 minute later it is unlocked for the first time
    And 1 hour later, the runner grants a launch of "sync"
    And 1 minute passes
    Then nothing is delivered
    And the oracle says that the trace conforms
