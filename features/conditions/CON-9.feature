@rule:CON-9 @os:18.0
Feature: CON-9 No refresh after force quit
  Between a force-quit and the user's next launch of the app no refresh request is launched. A reboot
  may end it: LIF-3.

  Background:
    Given an iPhone with iOS 18.0
    And the app "com.example.app"
    And it permits "sync"
    And its background modes: "fetch" and "processing"
    When the person opens the app
    And the app registers a handler for "sync", and it returns true
    And the app finishes launching
    And the app submits a refresh request for "sync", and it is accepted
    And 1 minute later, the app leaves the foreground

  @trace @conforms
  Scenario: Nothing is launched
    When 8 seconds later, the device is now idle and locked
    Then 2 seconds later, the app is suspended
    When 3 minutes 50 seconds later, the person force-quits the app
    Then nothing else happens for 23 hours 55 minutes
    And the oracle says that the trace conforms
    And otherwise the oracle would blame the scheduler under CON-9

  @trace @scheduler
  Scenario: A refresh is launched after a force-quit
    When 8 seconds later, the device is now idle and locked
    Then 2 seconds later, the app is suspended
    When 3 minutes 50 seconds later, the person force-quits the app
    Then 55 minutes later, the app is launched in the background, for "sync"
    When the app registers a handler for "sync", and it returns true
    And the app finishes launching
    Then the "sync" task is delivered as a refresh task
    When the app sets the expiration handler of the "sync" task
    And the app submits a refresh request for "sync", earliest in 2 hours, and it is accepted
    And 4 seconds later, the app completes the "sync" task as a success
    Then the app is suspended
    And nothing else happens for 1 minute
    And the oracle blames the scheduler under CON-9

  @run @conforms
  Scenario: A grant after a force-quit, and one after the person's next launch
    When 10 seconds later, the person force-quits the app
    And 1 hour later, the runner grants a launch of "sync"
    And 1 minute passes
    Then nothing is delivered
    When the person opens the app
    And the app registers a handler for "sync"
    And the app finishes launching
    And the app submits a refresh request for "sync"
    And the app leaves the foreground
    And the app sets the expiration handler of the "sync" task, as soon as the "sync" task is delivered
    And the app submits a refresh request for "sync", as soon as the "sync" task is delivered
    And the app completes the "sync" task as a success, as soon as the "sync" task is delivered
    And 1 hour later, the runner grants a launch of "sync"
    And 61 seconds pass
    Then the "sync" task is delivered as a refresh task
    And the oracle says that the trace conforms
