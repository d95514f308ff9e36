@rule:SUB-8 @os:18.0
Feature: SUB-8 Running task does not count
  A running task does not count against the limits: its identifier can be submitted again from its
  handler, and the running task is not disturbed.

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

  @trace
  Scenario Outline: A request beside a running task: <case>
    Then 2 seconds later, the app is suspended
    And 58 minutes 50 seconds later, the "sync" task is delivered as a refresh task
    When the app sets the expiration handler of the "sync" task
    And the app submits a refresh request for "sync", and it <answer>
    And 4 seconds later, the app completes the "sync" task as a success
    Then the app is suspended
    And nothing else happens for 1 minute
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
    When 58 minutes 52 seconds later, the runner grants a launch of "sync"
    Then the "sync" task is delivered as a refresh task
    When the app sets the expiration handler of the "sync" task
    And the app submits a refresh request for "sync"
    And 4 seconds later, the app completes the "sync" task as a success
    And 1 minute passes
    Then the oracle says that the trace conforms
