@rule:DBG-7 @os:18.0
Feature: DBG-7 Debugger lifts limits
  With a debugger attached the process is neither suspended nor killed for its time, and a task
  started by a simulated launch need not be expired by its budget: what works there proves nothing for
  a release.

  Background:
    Given an iPhone with iOS 18.0
    And the app "com.example.app" permits "sync", with the background modes "fetch" and "processing"
    When the person opens the app, which registers "sync" while it launches
    And the app submits a refresh request for "sync", earliest in 1 hour, and it is accepted
    And 1 second later, a debugger is attached
    And 1 second later, the debugger simulates a launch of "sync"
    Then the "sync" task is delivered as a refresh task, and the app sets its expiration handler and submits a refresh request for "sync", earliest in 1 hour 59 minutes 57 seconds, and it is accepted

  @trace @conforms
  Scenario: Not expired by its budget
    When 5 minutes later, the app completes the "sync" task as a success
    Then nothing else happens for 1 minute
    And the oracle says that the trace conforms

  @trace @conforms
  Scenario: Expired by its budget
    Then 25 seconds later, the "sync" task is expired, and the app completes it as a failure
    And nothing else happens for 1 minute
    And the oracle says that the trace conforms
