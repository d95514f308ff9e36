@case:G14 @os:18.5
# Asked: Is my expiration handler called before a kill?
Feature: G14 Killed for memory without an expiration
  Memory runs short and the running task ends with its process.

  Background:
    Given an iPhone with iOS 18.5
    And the app "com.example.guide" permits "sync", with the background modes "fetch" and "processing"
    When the person opens the app, which registers "sync" while it launches
    And the app submits a refresh request for "sync", earliest in 15 minutes, and it is accepted

  @trace @rule:EXP-12 @conforms
  Scenario: Killed while it runs
    Killed for memory in the middle of a task, without its expiration handler.

    When 59 seconds later, the person puts the device away, idle and locked, and 2 seconds later the app is suspended
    Then 58 minutes 50 seconds later, the "sync" task is delivered as a refresh task, and the app sets its expiration handler and submits a refresh request for "sync", earliest in 2 hours, and it is accepted
    When 6 seconds later, memory runs short and the app is killed
    Then nothing else happens for 1 minute
    And the oracle says that the trace conforms

  @run @conforms
  Scenario: On any scheduler: killed while it runs
    When 59 seconds later, the person puts the device away, idle and locked
    And 58 minutes 52 seconds later, the runner grants a launch of "sync"
    Then the "sync" task is delivered as a refresh task, and the app sets its expiration handler and submits a refresh request for "sync", earliest in 2 hours
    When 6 seconds later, memory runs short and the app is killed
    And 1 minute passes
    Then the oracle says that the trace conforms
