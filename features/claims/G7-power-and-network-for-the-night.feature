@case:G7 @os:18.5
# Asked: When does processing run at night?
Feature: G7 Power and network for the night
  A processing request that asks for both runs only while both are there.

  Background:
    Given an iPhone with iOS 18.5
    And the app "com.example.guide" permits "sync", with the background modes "fetch" and "processing"
    When the person opens the app, which registers "sync" while it launches

  @trace @conforms
  Scenario: On the charger, with a network, nobody about: launched
    When the app submits a processing request for "sync", and it is accepted:
      | earliest  | in 15 minutes  |
      | requiring | the network    |
      | requiring | external power |
    And 59 seconds later, the person puts the device away, idle and locked, and 2 seconds later the app is suspended
    And 4 hours 58 minutes 50 seconds later, the device is now on external power
    Then 2 hours later, the "sync" task is delivered as a processing task, and the app sets its expiration handler and submits a processing request for "sync", and it is accepted:
      | earliest  | in 20 hours    |
      | requiring | the network    |
      | requiring | external power |
    When 3 minutes later, the app completes the "sync" task as a success, and is suspended
    Then nothing else happens for 1 minute
    And the oracle says that the trace conforms

  @trace @rule:CON-2 @scheduler
  Scenario: It asked for external power and is launched on battery
    When the app submits a processing request for "sync", and it is accepted:
      | earliest  | in 15 minutes  |
      | requiring | the network    |
      | requiring | external power |
    And 59 seconds later, the person puts the device away, idle and locked, and 2 seconds later the app is suspended
    And 4 hours 58 minutes 50 seconds later, the device is now on battery
    Then 2 hours later, the "sync" task is delivered as a processing task, and the app sets its expiration handler and submits a processing request for "sync", and it is accepted:
      | earliest  | in 20 hours    |
      | requiring | the network    |
      | requiring | external power |
    When 3 minutes later, the app completes the "sync" task as a success, and is suspended
    Then nothing else happens for 1 minute
    And the oracle blames the scheduler under CON-2

  @trace @rule:CON-3 @scheduler
  Scenario: It asked for the network and is launched without one
    When the app submits a processing request for "sync", and it is accepted:
      | earliest  | in 15 minutes  |
      | requiring | the network    |
      | requiring | external power |
    And 59 seconds later, the person puts the device away, idle and locked, and 2 seconds later the app is suspended
    And 4 hours 58 minutes 50 seconds later, the device is now offline and on external power
    Then 2 hours later, the "sync" task is delivered as a processing task, and the app sets its expiration handler and submits a processing request for "sync", and it is accepted:
      | earliest  | in 20 hours    |
      | requiring | the network    |
      | requiring | external power |
    When 3 minutes later, the app completes the "sync" task as a success, and is suspended
    Then nothing else happens for 1 minute
    And the oracle blames the scheduler under CON-3

  @run @conforms
  Scenario: On any scheduler: on the charger, with a network, nobody about: launched
    When the app submits a processing request for "sync":
      | earliest  | in 15 minutes  |
      | requiring | the network    |
      | requiring | external power |
    And 59 seconds later, the person puts the device away, idle and locked
    And 4 hours 58 minutes 52 seconds later, the device is now on external power
    And 2 hours later, the runner grants a launch of "sync"
    Then the "sync" task is delivered as a processing task, and the app sets its expiration handler and submits a processing request for "sync":
      | earliest  | in 20 hours    |
      | requiring | the network    |
      | requiring | external power |
    When 3 minutes later, the app completes the "sync" task as a success
    And 1 minute passes
    Then the oracle says that the trace conforms
