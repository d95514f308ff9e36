@rule:EXP-4 @os:18.0
Feature: EXP-4 May expire any time
  A task may be expired at any time, well before its budget (2 to 5 seconds were seen for refresh). A
  continued task on a calm device is excepted: PRG-6.

  Background:
    Given an iPhone with iOS 18.0
    And the app "com.example.app" permits "sync", with the background modes "fetch" and "processing"
    When the person opens the app, which registers "sync" while it launches
    And the app submits a refresh request for "sync", and it is accepted

  @trace @conforms
  Scenario Outline: The moment of an expiration: <case>
    When 1 minute later, the person puts the device away, idle and locked, and 2 seconds later the app is suspended
    Then 58 minutes 50 seconds later, the "sync" task is delivered as a refresh task, and the app sets its expiration handler and submits a refresh request for "sync", earliest in 2 hours, and it is accepted
    And <time> later, the "sync" task is expired
    When the app completes the "sync" task as a failure, and is suspended
    Then nothing else happens for 1 minute
    And the oracle says that the trace conforms

    Examples:
      | case                          | time       |
      | Expired after two seconds     | 2 seconds  |
      | Expired when its time is over | 30 seconds |

  @run @conforms
  Scenario: On any scheduler: expired after two seconds
    When 1 minute later, the person puts the device away, idle and locked
    And 58 minutes 52 seconds later, the runner grants a launch of "sync"
    Then the "sync" task is delivered as a refresh task, and the app sets its expiration handler and submits a refresh request for "sync", earliest in 2 hours
    When 2 seconds later, the runner takes back the time of the "sync" task
    And the app completes the "sync" task as a failure
    And 1 minute passes
    Then the oracle says that the trace conforms

  @run @conforms
  Scenario: On any scheduler: expired when its time is over
    When 1 minute later, the person puts the device away, idle and locked
    And 58 minutes 52 seconds later, the runner grants a launch of "sync"
    Then the "sync" task is delivered as a refresh task, and the app sets its expiration handler and submits a refresh request for "sync", earliest in 2 hours
    When 30 seconds later, the app completes the "sync" task as a failure
    And 1 minute passes
    Then the oracle says that the trace conforms
