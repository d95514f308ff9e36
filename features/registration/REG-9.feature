@rule:REG-9 @os:18.0
Feature: REG-9 Handler runs on given queue
  The handler, when launched, runs on the queue given at registration; with none given, on a serial
  background queue of the scheduler's.

  Background:
    Given an iPhone with iOS 18.0
    And the app "com.example.app" permits "sync", with the background modes "fetch" and "processing"
    When the person opens the app, which registers "sync" on the queue "work" while it launches
    And the app submits a refresh request for "sync", and it is accepted

  @trace
  Scenario Outline: The queue of a delivery: <case>
    When 1 minute later, the person puts the device away, idle and locked, and 2 seconds later the app is suspended
    Then 58 minutes 50 seconds later, the "sync" task is delivered as a refresh task, on the queue <queue>, and the app sets its expiration handler
    When the app submits a refresh request for "sync", earliest in 2 hours, and it is accepted
    And 4 seconds later, the app completes the "sync" task as a success, and is suspended
    Then nothing else happens for 1 minute
    And the oracle <verdict>
    And otherwise the oracle would blame the scheduler under REG-9

    @conforms
    Examples:
      | case                                         | queue  | verdict                      |
      | The handler runs on the queue that was given | "work" | says that the trace conforms |

    @scheduler
    Examples:
      | case                                                          | queue | verdict                          |
      | The handler runs on another queue than the one that was given | "own" | blames the scheduler under REG-9 |

  @run @conforms
  Scenario: On any scheduler: the handler runs on the queue that was given
    When 1 minute later, the person puts the device away, idle and locked
    And 58 minutes 52 seconds later, the runner grants a launch of "sync"
    Then the "sync" task is delivered as a refresh task, and the app sets its expiration handler and submits a refresh request for "sync", earliest in 2 hours
    When 4 seconds later, the app completes the "sync" task as a success
    And 1 minute passes
    Then the oracle says that the trace conforms
