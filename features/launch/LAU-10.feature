@rule:LAU-10 @os:18.0
Feature: LAU-10 Granted is launched
  An implementation that leaves the decision to the runner (driven) launches a granted request for
  which every CON rule holds, within the answer to the grant, and launches nothing that was not
  granted. Continued requests start by LAU-7 and simulated launches by DBG-2, without a grant. Where
  it is unknown, or left open by a setting or a permissive value, whether every CON rule holds,
  launching and not launching are both allowed.

  Background:
    Given an iPhone with iOS 18.0
    And the app "com.example.app" permits "sync", with the background modes "fetch" and "processing"

  @trace @conforms
  Scenario: Granted and launched
    Given the runner decides when a request is launched
    When the person opens the app, which registers "sync" while it launches
    And the app submits a processing request for "sync", and it is accepted
    And 1 minute later, the person puts the device away, idle and locked, and 2 seconds later the app is suspended
    And 58 minutes 50 seconds later, the runner grants a launch of "sync"
    Then the "sync" task is delivered as a processing task, and the app sets its expiration handler
    When 4 seconds later, the app completes the "sync" task as a success, and is suspended
    Then nothing else happens for 1 minute
    And the oracle says that the trace conforms
    And otherwise the oracle would blame the scheduler under LAU-10

  @trace @scheduler
  Scenario: Granted, every condition met, and not launched
    Given the runner decides when a request is launched
    When the person opens the app, which registers "sync" while it launches
    And the app submits a processing request for "sync", and it is accepted
    And 1 minute later, the person puts the device away, idle and locked, and 2 seconds later the app is suspended
    And 58 minutes 50 seconds later, the runner grants a launch of "sync"
    And 1 minute passes
    Then nothing else happens for 1 minute
    And the oracle blames the scheduler under LAU-10

  @trace @scheduler
  Scenario: Launched without a grant
    Given the runner decides when a request is launched
    When the person opens the app, which registers "sync" while it launches
    And the app submits a processing request for "sync", and it is accepted
    And 1 minute later, the person puts the device away, idle and locked, and 2 seconds later the app is suspended
    Then 58 minutes 50 seconds later, the "sync" task is delivered as a processing task, and the app sets its expiration handler
    When 4 seconds later, the app completes the "sync" task as a success, and is suspended
    Then nothing else happens for 1 minute
    And the oracle blames the scheduler under LAU-10

  @run @conforms
  Scenario: On any scheduler: granted and launched
    When the person opens the app, which registers "sync" while it launches
    And the app submits a processing request for "sync"
    And 1 minute later, the person puts the device away, idle and locked
    And 58 minutes 52 seconds later, the runner grants a launch of "sync"
    Then the "sync" task is delivered as a processing task, and the app sets its expiration handler
    When 4 seconds later, the app completes the "sync" task as a success
    And 1 minute passes
    Then the oracle says that the trace conforms
