@rule:LAU-6 @os:18.0
Feature: LAU-6 Living process is used
  A suspended or background process is used as it is: the task goes to that process, and it does not
  launch again. In the foreground: CON-8.

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
    And 8 seconds later, the device is now idle and locked

  @trace @conforms
  Scenario: The suspended process is used
    Then 2 seconds later, the app is suspended
    And 58 minutes 50 seconds later, the "sync" task is delivered as a refresh task
    When the app sets the expiration handler of the "sync" task
    And the app submits a refresh request for "sync", earliest in 2 hours, and it is accepted
    And 4 seconds later, the app completes the "sync" task as a success
    Then the app is suspended
    And nothing else happens for 1 minute
    And the oracle says that the trace conforms
    And otherwise the oracle would blame the scheduler under LAU-6

  @trace @scheduler
  Scenario: Launched anew although a process lives
    Then 2 seconds later, the app is suspended
    And 58 minutes 50 seconds later, the app is launched in the background, for "sync"
    When the app registers a handler for "sync", and it returns true
    And the app finishes launching
    Then the "sync" task is delivered as a refresh task
    When the app sets the expiration handler of the "sync" task
    And the app submits a refresh request for "sync", earliest in 2 hours, and it is accepted
    And 4 seconds later, the app completes the "sync" task as a success
    Then the app is suspended
    And nothing else happens for 1 minute
    And the oracle blames the scheduler under LAU-6

  @run @conforms
  Scenario: On any scheduler: the suspended process is used
    When 58 minutes 52 seconds later, the runner grants a launch of "sync"
    Then the "sync" task is delivered as a refresh task
    When the app sets the expiration handler of the "sync" task
    And the app submits a refresh request for "sync", earliest in 2 hours
    And 4 seconds later, the app completes the "sync" task as a success
    And 1 minute passes
    Then the oracle says that the trace conforms
