@rule:CON-8 @os:18.0
Feature: CON-8 Not into foreground
  Refresh, processing and health research are not launched into an app that is in the foreground,
  simulated launches (DBG-2) excepted; the request stays pending. Under `processing_needs_idle` =
  `no` processing may be. Where the app comes to the foreground between launch and delivery, the
  task may be delivered there.

  Background:
    Given an iPhone with iOS 18.0
    And the app "com.example.app" permits "sync", with the background modes "fetch" and "processing"
    When the person opens the app, which registers "sync" while it launches
    And the app submits a refresh request for "sync", and it is accepted

  @trace @conforms
  Scenario: Delivered once the app has left the foreground
    When 1 hour later, the app leaves the foreground
    Then 4 seconds later, the "sync" task is delivered as a refresh task, and the app sets its expiration handler and submits a refresh request for "sync", and it is accepted
    When 4 seconds later, the app completes the "sync" task as a success, and is suspended
    Then nothing else happens for 1 minute
    And the oracle says that the trace conforms
    And otherwise the oracle would blame the scheduler under CON-8

  @trace @scheduler
  Scenario: Launched into an app in the foreground
    Then 1 hour later, the "sync" task is delivered as a refresh task, and the app sets its expiration handler and submits a refresh request for "sync", and it is accepted
    When 4 seconds later, the app completes the "sync" task as a success
    Then nothing else happens for 1 minute
    And the oracle blames the scheduler under CON-8

  @run @conforms
  Scenario: On any scheduler: delivered once the app has left the foreground
    Then nothing is delivered
    When 30 minutes later, the runner grants a launch of "sync"
    And 30 minutes later, the app leaves the foreground
    And 4 seconds later, the runner grants a launch of "sync"
    And the app sets the expiration handler of the "sync" task
    And the app submits a refresh request for "sync"
    And 4 seconds later, the app completes the "sync" task as a success
    And 1 minute passes
    Then the oracle says that the trace conforms
