@rule:SUB-8 @os:18.0
Feature: SUB-8 Running task does not count
  A running task does not count against the limits: its identifier can be submitted again from its
  handler, and the running task is not disturbed.

  Background:
    Given an iPhone with iOS 18.0
    And the app "com.example.app" permits "sync", with the background modes "fetch" and "processing"
    When the person opens the app, which registers "sync" while it launches
    And the app submits a refresh request for "sync", and it is accepted

  @trace
  Scenario Outline: A request beside a running task: <case>
    When 1 minute later, the person puts the device away, idle and locked, and 2 seconds later the app is suspended
    Then 58 minutes 50 seconds later, the "sync" task is delivered as a refresh task, and the app sets its expiration handler and submits a refresh request for "sync", and it <answer>
    When 4 seconds later, the app completes the "sync" task as a success, and is suspended
    Then nothing else happens for 1 minute
    And the oracle <verdict>
    And otherwise the oracle would blame the scheduler under SUB-8

    @conforms
    Examples:
      | case                                              | answer      | verdict                      |
      | The running task does not count against the limit | is accepted | says that the trace conforms |

    @scheduler
    Examples:
      | case                                          | answer                                     | verdict                          |
      | The running task is counted against the limit | is refused with tooManyPendingTaskRequests | blames the scheduler under SUB-8 |

  @run @conforms
  Scenario: On any scheduler: the running task does not count against the limit
    When 1 minute later, the person puts the device away, idle and locked
    And 58 minutes 52 seconds later, the runner grants a launch of "sync"
    Then the "sync" task is delivered as a refresh task, and the app sets its expiration handler and submits a refresh request for "sync"
    When 4 seconds later, the app completes the "sync" task as a success
    And 1 minute passes
    Then the oracle says that the trace conforms
