@rule:EXP-1 @os:18.0
Feature: EXP-1 Refresh expires by budget
  A refresh task is expired 30 seconds after its delivery at the latest, if it still runs. While a
  processing or health research task of the same launch runs or is still to be delivered it may
  share that one's time: it then has until the last of them ends or its own 30 seconds are over,
  whichever is later. Whether the time to wrap up lies within the 30 seconds or after them is not
  documented.

  Background:
    Given an iPhone with iOS 18.0
    And the app "com.example.app" permits "sync" and "clean", with the background modes "fetch" and "processing"

  @trace @conforms
  Scenario: Expired at 30 seconds
    When the person opens the app, which registers "sync" while it launches
    And the app submits a refresh request for "sync", and it is accepted
    And 1 minute later, the person puts the device away, idle and locked, and 2 seconds later the app is suspended
    Then 58 minutes 50 seconds later, the "sync" task is delivered as a refresh task, and the app sets its expiration handler and submits a refresh request for "sync", earliest in 2 hours, and it is accepted
    And 30 seconds later, the "sync" task is expired, and the app completes it as a failure and is suspended
    And nothing else happens for 1 minute
    And the oracle says that the trace conforms
    And otherwise the oracle would blame the scheduler under EXP-1

  @trace @scheduler
  Scenario: Expired a millisecond late
    When the person opens the app
    And 90 ms later, the app registers a handler for "sync", and it returns true
    And 212 ms later, the app finishes launching
    And 540 ms later, the app submits a refresh request for "sync", and it is accepted
    And 59 seconds 158 ms later, the person puts the device away, idle and locked, and 2 seconds later the app is suspended
    Then 58 minutes 50 seconds later, the "sync" task is delivered as a refresh task
    When 2 ms later, the app sets the expiration handler of the "sync" task
    And 3 ms later, the app submits a refresh request for "sync", earliest in 1 hour 59 minutes 59 seconds 995 ms, and it is accepted
    Then 29 seconds 996 ms later, the "sync" task is expired
    When 9 ms later, the app completes the "sync" task as a failure
    Then 900 ms later, the app is suspended, and nothing else happens for 1 minute
    And the oracle blames the scheduler under EXP-1

  @run @conforms
  Scenario: On any scheduler: expired at 30 seconds
    When the person opens the app, which registers "sync" while it launches
    And the app submits a refresh request for "sync"
    And 1 minute later, the person puts the device away, idle and locked
    And 58 minutes 52 seconds later, the runner grants a launch of "sync"
    Then the "sync" task is delivered as a refresh task, and the app sets its expiration handler and submits a refresh request for "sync", earliest in 2 hours
    When 31 seconds later, the app completes the "sync" task as a failure
    And 1 minute passes
    Then the oracle says that the trace conforms

  @trace @conforms
  Scenario: In company: both run for two minutes, and end together
    When the person opens the app, which registers "sync" and "clean" while it launches
    And the app submits a refresh request for "sync", and it is accepted
    And the app submits a processing request for "clean", and it is accepted
    And 1 minute later, the person puts the device away, idle and locked
    And memory runs short and the app is killed
    Then 1 hour later, the app is launched in the background, for "sync" and "clean", and registers "sync" and "clean" while it launches
    And the "sync" task is delivered as a refresh task, and the app sets its expiration handler
    And the "clean" task is delivered as a processing task, and the app sets its expiration handler
    When 2 minutes later, the app completes the "clean" task as a success
    Then the "sync" task is expired, and the app completes it as a failure
    And nothing else happens for 1 minute
    And the oracle says that the trace conforms

  @trace @scheduler
  Scenario: The company ends, and the refresh task runs on
    When the person opens the app, which registers "sync" and "clean" while it launches
    And the app submits a refresh request for "sync", and it is accepted
    And the app submits a processing request for "clean", and it is accepted
    And 1 minute later, the person puts the device away, idle and locked
    And memory runs short and the app is killed
    Then 1 hour later, the app is launched in the background, for "sync" and "clean", and registers "sync" and "clean" while it launches
    And the "sync" task is delivered as a refresh task, and the app sets its expiration handler
    And the "clean" task is delivered as a processing task, and the app sets its expiration handler
    When 10 seconds later, the app completes the "clean" task as a success
    Then nothing else happens for 1 minute
    And the oracle blames the scheduler under EXP-1
