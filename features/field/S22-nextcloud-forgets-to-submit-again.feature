@case:S22 @rule:LIF-10 @os:16.6
# Asked: Why did it run once and never again?
Feature: S22 Nextcloud forgets to submit again
  The task runs once and then never.

  Background:
    Given an iPhone with iOS 16.6
    And the app "com.example.nextcloud" permits "refreshTask", with the background modes "fetch"
    And the trace is rebuilt from an app's source
    When the person opens the app, which registers "refreshTask" while it launches
    And the app submits a refresh request for "refreshTask", earliest in 1 minute, and it is accepted
    And 2 minutes later, the app leaves the foreground
    And 5 seconds later, the device is now idle and locked

  @trace @rule:LAU-2 @conforms
  Scenario: It runs once and never again: one request, one launch
    nextcloud before its fix: the handler submits no successor.

    Then 2 seconds later, the app is suspended
    And 2 hours 57 minutes 53 seconds later, the "refreshTask" task is delivered as a refresh task, and the app sets its expiration handler and begins its work
    When 7 seconds later, the app ends the work of "refreshTask" and completes its task as a success, and is suspended
    Then nothing else happens for 3 days 20 hours 59 minutes 53 seconds
    And the oracle says that the trace conforms
    And otherwise the oracle would blame the scheduler under LAU-2
    And the oracle advises LIF-10

  @run @conforms
  Scenario: On any scheduler: it runs once and never again: one request, one launch
    When 2 hours 57 minutes 55 seconds later, the runner grants a launch of "refreshTask"
    Then the "refreshTask" task is delivered as a refresh task, and the app sets its expiration handler and begins its work
    When 7 seconds later, the app ends the work of "refreshTask" and completes its task as a success
    And 3 days 20 hours 59 minutes 53 seconds pass
    Then the oracle says that the trace conforms
    And the oracle advises LIF-10
