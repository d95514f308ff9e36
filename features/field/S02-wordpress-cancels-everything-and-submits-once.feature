@case:S02 @os:15.4
# Asked: Cancel everything and submit once: does that work?
Feature: S02 WordPress cancels everything and submits once
  WordPress iOS: every launch by the person cancels everything and submits anew. The variant that
  never completes its task is the one that the system punishes.

  Background:
    Given an iPhone with iOS 15.4
    And the app "com.example.wordpress" permits "background-refresh", with the background modes "fetch"
    And the trace is rebuilt from an app's source
    When the person opens the app, which registers "background-refresh" while it launches
    And the app cancels every request
    And the app submits a refresh request for "background-refresh", earliest in 6 hours, and it is accepted
    And 3 minutes later, the app leaves the foreground
    And 9 seconds later, the device is now idle and locked

  @trace @conforms
  Scenario: Completes
    One cancel, one submission a launch; the task submits its successor and is completed.

    Then the app is suspended
    And 7 hours 36 minutes 51 seconds later, the "background-refresh" task is delivered as a refresh task, and the app sets its expiration handler and begins its work
    When 3 seconds later, the app submits a refresh request for "background-refresh", earliest in 5 hours 59 minutes 57 seconds, and it is accepted
    And 9 seconds later, the app ends the work of "background-refresh" and completes its task as a success, and is suspended
    Then nothing else happens for 2 hours 19 minutes 48 seconds
    And the oracle says that the trace conforms

  @trace @rule:CMP-1 @rule:CMP-7 @rule:EXP-7 @app
  Scenario: Never completes, killed
    The task expires and nobody completes it: the system kills the app, and the breach falls due
    at the kill.

    Then the app is suspended
    And 7 hours 36 minutes 51 seconds later, the "background-refresh" task is delivered as a refresh task, and the app sets its expiration handler and begins its work
    When 3 seconds later, the app submits a refresh request for "background-refresh", earliest in 5 hours 59 minutes 57 seconds, and it is accepted
    Then 27 seconds later, the "background-refresh" task is expired
    And 6 seconds later, the system kills the app, for overrunning its time
    And nothing else happens for 2 hours 19 minutes 24 seconds
    And the oracle blames the app under CMP-1
    And otherwise the oracle would blame the scheduler under EXP-7

  @trace @rule:CMP-1 @app
  Scenario: Never completes, the trace ends
    Expired, never completed and not killed: the breach falls due when the closed trace ends.

    Then the app is suspended
    And 7 hours 36 minutes 51 seconds later, the "background-refresh" task is delivered as a refresh task, and the app sets its expiration handler and begins its work
    When 3 seconds later, the app submits a refresh request for "background-refresh", earliest in 5 hours 59 minutes 57 seconds, and it is accepted
    Then 27 seconds later, the "background-refresh" task is expired
    And nothing else happens for 6 minutes
    And the oracle blames the app under CMP-1

  @trace @rule:CMP-1 @rule:EXP-14 @rule:EXP-5 @app
  Scenario: Never completes, completed by the system
    Without an expiration handler the system completes the task as a failure, which the app
    should have done.

    Then the app is suspended
    And 7 hours 36 minutes 51 seconds later, the "background-refresh" task is delivered as a refresh task
    When the app begins the work of "background-refresh"
    And 3 seconds later, the app submits a refresh request for "background-refresh", earliest in 5 hours 59 minutes 57 seconds, and it is accepted
    Then 27 seconds later, the system completes the "background-refresh" task as a failure
    And the app is suspended, and nothing else happens for 2 hours 19 minutes 30 seconds
    And the oracle blames the app under CMP-1
    And the oracle advises EXP-14
    And otherwise the oracle would blame the scheduler under EXP-5

  @run @conforms
  Scenario: On any scheduler: completes
    When 7 hours 36 minutes 51 seconds later, the runner grants a launch of "background-refresh"
    Then the "background-refresh" task is delivered as a refresh task, and the app sets its expiration handler and begins its work
    When 3 seconds later, the app submits a refresh request for "background-refresh", earliest in 5 hours 59 minutes 57 seconds
    And 9 seconds later, the app ends the work of "background-refresh" and completes its task as a success
    And 2 hours 19 minutes 48 seconds pass
    Then the oracle says that the trace conforms

  @run @rule:CMP-1 @app
  Scenario: On any scheduler: never completes, killed
    When 7 hours 36 minutes 51 seconds later, the runner grants a launch of "background-refresh"
    Then the "background-refresh" task is delivered as a refresh task, and the app sets its expiration handler and begins its work
    When 3 seconds later, the app submits a refresh request for "background-refresh", earliest in 5 hours 59 minutes 57 seconds
    And 2 hours 19 minutes 57 seconds pass
    Then the oracle blames the app under CMP-1
