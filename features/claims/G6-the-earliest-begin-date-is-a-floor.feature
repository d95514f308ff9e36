@case:G6 @os:18.5
# Asked: Is the earliest begin date a promise?
Feature: G6 The earliest begin date is a floor
  A request that may begin after two hours runs after four, eight or twenty-four; never before two.

  Background:
    Given an iPhone with iOS 18.5
    And the app "com.example.guide"
    And it permits "sync"
    And its background modes: "fetch" and "processing"
    When the person opens the app
    And the app registers a handler for "sync", and it returns true
    And the app finishes launching
    And the app submits a refresh request for "sync", earliest in 2 hours, and it is accepted
    And 59 seconds later, the app leaves the foreground
    And 8 seconds later, the device is now idle and locked

  @trace @rule:CON-1 @rule:CON-12 @conforms
  Scenario Outline: How late a launch may come: <case>
    Then 2 seconds later, the app is suspended
    And <time> later, the "sync" task is delivered as a refresh task
    When the app sets the expiration handler of the "sync" task
    And the app submits a refresh request for "sync", earliest in 2 hours, and it is accepted
    And 4 seconds later, the app completes the "sync" task as a success
    Then the app is suspended
    And nothing else happens for 1 minute
    And the oracle says that the trace conforms
    And otherwise the oracle would blame the scheduler under CON-1

    Examples:
      | case                                                | time                           |
      | The date is a floor and no promise (after 4 hours)  | 3 hours 58 minutes 50 seconds  |
      | The date is a floor and no promise (after 8 hours)  | 7 hours 58 minutes 50 seconds  |
      | The date is a floor and no promise (after 24 hours) | 23 hours 58 minutes 50 seconds |

  @trace @rule:CON-1 @scheduler
  Scenario: Launched ten minutes before its floor
    Then 2 seconds later, the app is suspended
    And 1 hour 48 minutes 50 seconds later, the "sync" task is delivered as a refresh task
    When the app sets the expiration handler of the "sync" task
    And the app submits a refresh request for "sync", earliest in 2 hours, and it is accepted
    And 4 seconds later, the app completes the "sync" task as a success
    Then the app is suspended
    And nothing else happens for 1 minute
    And the oracle blames the scheduler under CON-1

  @run @conforms
  Scenario Outline: How late a launch may come, on any scheduler: <case>
    When <time> later, the runner grants a launch of "sync"
    Then the "sync" task is delivered as a refresh task
    When the app sets the expiration handler of the "sync" task
    And the app submits a refresh request for "sync", earliest in 2 hours
    Then it is accepted
    When 4 seconds later, the app completes the "sync" task as a success
    And 1 minute passes
    Then the oracle says that the trace conforms

    Examples:
      | case                                                                 | time                          |
      | On any scheduler: the date is a floor and no promise (after 4 hours) | 3 hours 58 minutes 52 seconds |
      | On any scheduler: the date is a floor and no promise (after 8 hours) | 7 hours 58 minutes 52 seconds |
