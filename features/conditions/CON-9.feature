@rule:CON-9 @os:18.0
Feature: CON-9 No refresh after force quit
  Between a force-quit and the user's next launch of the app no refresh request is launched. A reboot
  may end it: LIF-3.

  Background:
    Given an iPhone with iOS 18.0
    And the app "com.example.app" permits "sync", with the background modes "fetch" and "processing"
    When the person opens the app, which registers "sync" while it launches
    And the app submits a refresh request for "sync", and it is accepted

  @trace @conforms
  Scenario: Nothing is launched
    When 1 minute later, the person puts the device away, idle and locked, and 2 seconds later the app is suspended
    And 3 minutes 50 seconds later, the person force-quits the app
    Then nothing else happens for 23 hours 55 minutes
    And the oracle says that the trace conforms
    And otherwise the oracle would blame the scheduler under CON-9

  @trace @scheduler
  Scenario: A refresh is launched after a force-quit
    When 1 minute later, the person puts the device away, idle and locked, and 2 seconds later the app is suspended
    And 3 minutes 50 seconds later, the person force-quits the app
    Then 55 minutes later, the app is launched in the background, for "sync", and registers "sync" while it launches
    And the "sync" task is delivered as a refresh task, and the app sets its expiration handler and submits a refresh request for "sync", earliest in 2 hours, and it is accepted
    When 4 seconds later, the app completes the "sync" task as a success, and is suspended
    Then nothing else happens for 1 minute
    And the oracle blames the scheduler under CON-9

  @run @conforms
  Scenario: A grant after a force-quit, and one after the person's next launch
    When 1 minute later, the app leaves the foreground
    And 10 seconds later, the person force-quits the app
    And 1 hour later, the runner grants a launch of "sync"
    And 1 minute passes
    Then nothing is delivered
    When the person opens the app, which registers "sync" while it launches
    And the app submits a refresh request for "sync"
    And the app leaves the foreground
    And the app sets the expiration handler of the "sync" task, submits a refresh request for "sync" and completes the task as a success, as soon as it is delivered
    And 1 hour later, the runner grants a launch of "sync", and 61 seconds pass
    Then the "sync" task is delivered as a refresh task
    And the oracle says that the trace conforms
