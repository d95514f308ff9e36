@rule:CON-1 @os:18.0
Feature: CON-1 Not before begin date
  A request is launched at its earliestBeginDate or later, never before. The date is a floor, never a
  promise.

  Background:
    Given an iPhone with iOS 18.0
    And the app "com.example.app" permits "sync", with the background modes "fetch" and "processing"
    When the person opens the app, which registers "sync" while it launches

  @trace
  Scenario Outline: A launch around the date: <case>
    When the app submits a refresh request for "sync", earliest in 1 hour, and it is accepted
    And 1 minute later, the person puts the device away, idle and locked, and 2 seconds later the app is suspended
    Then <time> later, the "sync" task is delivered as a refresh task
    When the app sets the expiration handler of the "sync" task
    And the app submits a refresh request for "sync", earliest in 2 hours, and it is accepted
    And 4 seconds later, the app completes the "sync" task as a success, and is suspended
    Then nothing else happens for 1 minute
    And the oracle <verdict>
    And otherwise the oracle would blame the scheduler under CON-1

    @conforms
    Examples:
      | case                 | time                  | verdict                      |
      | Launched at its date | 58 minutes 50 seconds | says that the trace conforms |

    @scheduler
    Examples:
      | case                         | time                         | verdict                          |
      | Launched a second early      | 58 minutes 49 seconds        | blames the scheduler under CON-1 |
      | Launched a millisecond early | 58 minutes 49 seconds 999 ms | blames the scheduler under CON-1 |

  @run @conforms
  Scenario: On any scheduler: launched at its date
    When the app submits a refresh request for "sync", earliest in 1 hour
    And 1 minute later, the person puts the device away, idle and locked
    And 30 minutes later, the runner grants a launch of "sync"
    And 28 minutes 52 seconds later, the runner grants a launch of "sync"
    Then the "sync" task is delivered as a refresh task, and the app sets its expiration handler and submits a refresh request for "sync", earliest in 2 hours
    When 4 seconds later, the app completes the "sync" task as a success
    And 1 minute passes
    Then the oracle says that the trace conforms

  @run @conforms
  Scenario: A grant a millisecond before the date, and one at the date
    When the app sets the expiration handler of the "sync" task, submits a refresh request for "sync" and completes the task as a success, as soon as it is delivered
    And the app submits a refresh request for "sync", earliest in 1 hour
    And the app leaves the foreground
    And 59 minutes 59 seconds 999 ms later, the runner grants a launch of "sync"
    Then nothing is delivered
    When 1 ms later, the runner grants a launch of "sync", and 61 seconds pass
    Then the "sync" task is delivered as a refresh task
    And the oracle says that the trace conforms

  @run @conforms
  Scenario: The date holds for the next process too
    When the app submits a refresh request for "sync", earliest in 1 hour
    And the app leaves the foreground
    And memory runs short and the app is killed
    And the person opens the app, which registers "sync" while it launches
    And the app leaves the foreground
    And 59 minutes 59 seconds 999 ms later, the runner grants a launch of "sync"
    And 1 ms passes
    Then nothing is delivered
    And the oracle says that the trace conforms
