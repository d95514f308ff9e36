@rule:EXP-16 @os:18.0
Feature: EXP-16 Queue of expiration
  The expiration handler is called on the registration queue (headers 13 to 16; a blocked queue held
  it back on 14) or on another background queue (seen on 26).

  Background:
    Given an iPhone with iOS 18.0
    And the app "com.example.app" permits "sync", with the background modes "fetch" and "processing"
    When the person opens the app, which registers "sync" on the queue "work" while it launches
    And the app submits a refresh request for "sync", and it is accepted

  @trace @conforms
  Scenario Outline: The queue on which a task expires: <case>
    When 1 minute later, the person puts the device away, idle and locked, and 2 seconds later the app is suspended
    Then 58 minutes 50 seconds later, the "sync" task is delivered as a refresh task, on the queue "work", and the app sets its expiration handler
    When the app submits a refresh request for "sync", earliest in 2 hours, and it is accepted
    Then 9 seconds later, the "sync" task is expired, on the queue <queue>
    When the app completes the "sync" task as a failure, and is suspended
    Then nothing else happens for 1 minute
    And the oracle says that the trace conforms

    Examples:
      | case                      | queue  |
      | On the registration queue | "work" |
      | On another queue          | "own"  |

  @run @conforms
  Scenario: On any scheduler: on the registration queue
    When 1 minute later, the person puts the device away, idle and locked
    And 58 minutes 52 seconds later, the runner grants a launch of "sync"
    Then the "sync" task is delivered as a refresh task, and the app sets its expiration handler and submits a refresh request for "sync", earliest in 2 hours
    When 9 seconds later, the runner takes back the time of the "sync" task
    And the app completes the "sync" task as a failure
    And 1 minute passes
    Then the oracle says that the trace conforms
