@rule:LAU-11 @os:18.0
Feature: LAU-11 Any order of launches
  Pending requests are launched in any order, whatever the order of their submission or of their
  dates.

  Background:
    Given an iPhone with iOS 18.0
    And the app "com.example.app" permits "sync" and "clean", with the background modes "fetch" and "processing"
    When the person opens the app, which registers "sync" and "clean" while it launches
    And 1 second later, the app submits a refresh request for "sync", and it is accepted
    And the app submits a processing request for "clean", and it is accepted

  @trace @conforms
  Scenario: In the order of their submission
    When 59 seconds later, the person puts the device away, idle and locked, and 2 seconds later the app is suspended
    Then 58 minutes 50 seconds later, the "sync" task is delivered as a refresh task, and the app sets its expiration handler and submits a refresh request for "sync", earliest in 2 hours, and it is accepted
    When 4 seconds later, the app completes the "sync" task as a success, and is suspended
    Then 1 minute later, the "clean" task is delivered as a processing task, and the app sets its expiration handler
    When 4 seconds later, the app completes the "clean" task as a success, and is suspended
    Then nothing else happens for 1 minute
    And the oracle says that the trace conforms

  @trace @conforms
  Scenario: The other way round
    When 59 seconds later, the person puts the device away, idle and locked, and 2 seconds later the app is suspended
    Then 58 minutes 50 seconds later, the "clean" task is delivered as a processing task, and the app sets its expiration handler
    When 4 seconds later, the app completes the "clean" task as a success, and is suspended
    Then 1 minute later, the "sync" task is delivered as a refresh task, and the app sets its expiration handler and submits a refresh request for "sync", earliest in 2 hours, and it is accepted
    When 4 seconds later, the app completes the "sync" task as a success, and is suspended
    Then nothing else happens for 1 minute
    And the oracle says that the trace conforms

  @run @conforms
  Scenario: On any scheduler: in the order of their submission
    When 59 seconds later, the person puts the device away, idle and locked
    And 58 minutes 52 seconds later, the runner grants a launch of "sync"
    Then the "sync" task is delivered as a refresh task, and the app sets its expiration handler and submits a refresh request for "sync", earliest in 2 hours
    When 4 seconds later, the app completes the "sync" task as a success
    And 1 minute later, the runner grants a launch of "clean"
    And the app sets the expiration handler of the "clean" task
    And 4 seconds later, the app completes the "clean" task as a success
    And 1 minute passes
    Then the oracle says that the trace conforms

  @run @conforms
  Scenario: On any scheduler: the other way round
    When 59 seconds later, the person puts the device away, idle and locked
    And 58 minutes 52 seconds later, the runner grants a launch of "clean"
    Then the "clean" task is delivered as a processing task, and the app sets its expiration handler
    When 4 seconds later, the app completes the "clean" task as a success
    And 1 minute later, the runner grants a launch of "sync"
    And the app sets the expiration handler of the "sync" task
    And the app submits a refresh request for "sync", earliest in 2 hours
    And 4 seconds later, the app completes the "sync" task as a success
    And 1 minute passes
    Then the oracle says that the trace conforms
