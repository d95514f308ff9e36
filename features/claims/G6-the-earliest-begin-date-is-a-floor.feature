@case:G6 @os:18.5
# Asked: Is the earliest begin date a promise?
Feature: G6 The earliest begin date is a floor
  A request that may begin after two hours runs after four, eight or twenty-four; never before two.

  Background:
    Given an iPhone with iOS 18.5
    And the app "com.example.guide" permits "sync", with the background modes "fetch" and "processing"
    When the person opens the app, which registers "sync" while it launches
    And the app submits a refresh request for "sync", earliest in 2 hours, and it is accepted

  @trace @rule:CON-1 @rule:CON-12 @conforms
  Scenario Outline: How late a launch may come: <case>
    When 59 seconds later, the person puts the device away, idle and locked, and 2 seconds later the app is suspended
    Then <time> later, the "sync" task is delivered as a refresh task
    When the app sets the expiration handler of the "sync" task
    And the app submits a refresh request for "sync", earliest in 2 hours, and it is accepted
    And 4 seconds later, the app completes the "sync" task as a success, and is suspended
    Then nothing else happens for 1 minute
    And the oracle says that the trace conforms
    And otherwise the oracle would blame the scheduler under CON-1

    Examples:
      | case          | time                           |
      | After 4 hours | 3 hours 58 minutes 50 seconds  |
      | After 8 hours | 7 hours 58 minutes 50 seconds  |
      | After a day   | 23 hours 58 minutes 50 seconds |

  @trace @rule:CON-1 @scheduler
  Scenario: Launched ten minutes before its floor
    When 59 seconds later, the person puts the device away, idle and locked, and 2 seconds later the app is suspended
    Then 1 hour 48 minutes 50 seconds later, the "sync" task is delivered as a refresh task, and the app sets its expiration handler
    When the app submits a refresh request for "sync", earliest in 2 hours, and it is accepted
    And 4 seconds later, the app completes the "sync" task as a success, and is suspended
    Then nothing else happens for 1 minute
    And the oracle blames the scheduler under CON-1

  @run @conforms
  Scenario Outline: How late a launch may come, on any scheduler: <case>
    When 59 seconds later, the person puts the device away, idle and locked
    And <time> later, the runner grants a launch of "sync"
    Then the "sync" task is delivered as a refresh task, and the app sets its expiration handler and submits a refresh request for "sync", earliest in 2 hours
    And it is accepted
    When 4 seconds later, the app completes the "sync" task as a success
    And 1 minute passes
    Then the oracle says that the trace conforms

    Examples:
      | case          | time                          |
      | After 4 hours | 3 hours 58 minutes 52 seconds |
      | After 8 hours | 7 hours 58 minutes 52 seconds |
