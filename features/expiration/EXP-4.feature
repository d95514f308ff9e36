@rule:EXP-4 @os:18.0
Feature: EXP-4 May expire any time
  A task may be expired at any time, well before its budget (2 to 5 seconds were seen for refresh). A
  continued task on a calm device is excepted: PRG-6.

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
  Scenario Outline: The moment of an expiration: <case>
    Then 2 seconds later, the app is suspended
    And 58 minutes 50 seconds later, the "sync" task is delivered as a refresh task
    When the app sets the expiration handler of the "sync" task
    And the app submits a refresh request for "sync", earliest in 2 hours, and it is accepted
    Then <time> later, the "sync" task is expired
    When the app completes the "sync" task as a failure
    Then the app is suspended
    And nothing else happens for 1 minute
    And the oracle says that the trace conforms

    Examples:
      | case                          | time       |
      | Expired after two seconds     | 2 seconds  |
      | Expired when its time is over | 30 seconds |

  @run @conforms
  Scenario: On any scheduler: expired after two seconds
    When 58 minutes 52 seconds later, the runner grants a launch of "sync"
    Then the "sync" task is delivered as a refresh task
    When the app sets the expiration handler of the "sync" task
    And the app submits a refresh request for "sync", earliest in 2 hours
    And 2 seconds later, the runner takes back the time of the "sync" task
    And the app completes the "sync" task as a failure
    And 1 minute passes
    Then the oracle says that the trace conforms

  @run @conforms
  Scenario: On any scheduler: expired when its time is over
    When 58 minutes 52 seconds later, the runner grants a launch of "sync"
    Then the "sync" task is delivered as a refresh task
    When the app sets the expiration handler of the "sync" task
    And the app submits a refresh request for "sync", earliest in 2 hours
    And 30 seconds later, the app completes the "sync" task as a failure
    And 1 minute passes
    Then the oracle says that the trace conforms
