@rule:CON-9 @os:18.0
Feature: CON-9 No refresh after force quit
  Between a force-quit and the user's next launch of the app no refresh request is launched. A reboot
  may end it: LIF-3.

  Background:
    Given an iPhone with iOS 18.0
    And the app "com.example.app"
    And it permits "sync"
    And its background modes: "fetch" and "processing"

  @trace
  Scenario: Nothing is launched
    When the person opens the app
    And the app registers a handler for "sync", and it returns true
    And the app finishes launching
    And the app submits a refresh request for "sync", and it is accepted
    And 1 minute later, the app leaves the foreground
    And 8 seconds later, the device is now not in use and locked
    Then 2 seconds later, the app is suspended
    When 3 minutes 50 seconds later, the person force-quits the app
    Then nothing else happens for 23 hours 55 minutes
    And the oracle says that the trace conforms
    And otherwise the oracle would blame the scheduler under CON-9

  @trace
  Scenario: A refresh is launched after a force-quit
    When the person opens the app
    And the app registers a handler for "sync", and it returns true
    And the app finishes launching
    And the app submits a refresh request for "sync", and it is accepted
    And 1 minute later, the app leaves the foreground
    And 8 seconds later, the device is now not in use and locked
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
