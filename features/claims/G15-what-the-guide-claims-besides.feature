@case:G15 @os:18.5
# Asked: On which queue am I called, and other claims of a guide
Feature: G15 What the guide claims besides
  Claims that the rules contradict or do not know: the main queue, the queue of the expiration
  handler, power and network as mere hints, the entitlement, and what a failure does to later
  launches.

  Background:
    Given an iPhone with iOS 18.5

  @trace @rule:REG-9
  Scenario Outline: The queue of a handler that was given none: <case>
    Given the app "com.example.guide" permits "sync", with the background modes "fetch"
    When the person opens the app, which registers "sync" while it launches
    And the app submits a refresh request for "sync", earliest in 15 minutes, and it is accepted
    And 59 seconds later, the person puts the device away, idle and locked, and 2 seconds later the app is suspended
    Then 58 minutes 50 seconds later, the "sync" task is delivered as a refresh task, on the queue <queue>, and the app sets its expiration handler
    When the app submits a refresh request for "sync", earliest in 2 hours, and it is accepted
    And 4 seconds later, the app completes the "sync" task as a success, and is suspended
    Then nothing else happens for 1 minute
    And the oracle <verdict>

    @conforms
    Examples:
      | case                                       | queue | verdict                      |
      | No queue given: one of the scheduler's own | "own" | says that the trace conforms |

    @scheduler
    Examples:
      | case                                                                  | queue  | verdict                          |
      | Without a queue the handler runs on the main queue, as the guide says | "main" | blames the scheduler under REG-9 |

  @trace @rule:EXP-16 @conforms
  Scenario Outline: The queue of the expiration handler: <case>
    Given the app "com.example.guide" permits "sync", with the background modes "fetch"
    When the person opens the app, which registers "sync" on the queue "work" while it launches
    And the app submits a refresh request for "sync", earliest in 15 minutes, and it is accepted
    And 59 seconds later, the person puts the device away, idle and locked, and 2 seconds later the app is suspended
    Then 58 minutes 50 seconds later, the "sync" task is delivered as a refresh task, on the queue "work", and the app sets its expiration handler
    When the app submits a refresh request for "sync", earliest in 2 hours, and it is accepted
    Then 20 seconds later, the "sync" task is expired, on the queue <queue>
    When the app completes the "sync" task as a failure, and is suspended
    Then nothing else happens for 1 minute
    And the oracle says that the trace conforms

    Examples:
      | case                              | queue  |
      | Expired on the registration queue | "work" |
      | Expired on another queue          | "own"  |

  @trace @rule:CON-2 @scheduler
  Scenario: Launched on battery, though it asked for power
    Launched on battery although it asked for external power: a condition, no hint.

    Given the app "com.example.guide" permits "sync", with the background modes "fetch" and "processing"
    When the person opens the app, which registers "sync" while it launches
    And the app submits a processing request for "sync", earliest in 15 minutes, requiring external power, and it is accepted
    And 59 seconds later, the person puts the device away, idle and locked, and 2 seconds later the app is suspended
    Then 5 hours 58 minutes 50 seconds later, the "sync" task is delivered as a processing task, and the app sets its expiration handler
    When 40 seconds later, the app completes the "sync" task as a success, and is suspended
    Then nothing else happens for 1 minute
    And the oracle blames the scheduler under CON-2

  @trace @rule:CON-3 @scheduler
  Scenario: Launched without the network that it asked for
    Launched without a network although it asked for one: a condition, no hint.

    Given the app "com.example.guide" permits "sync", with the background modes "fetch" and "processing"
    When the person opens the app, which registers "sync" while it launches
    And the app submits a processing request for "sync", earliest in 15 minutes, requiring the network, and it is accepted
    And 59 seconds later, the person puts the device away, idle and locked, and 2 seconds later the app is suspended
    And 4 hours 58 minutes 50 seconds later, the device is now offline
    Then 1 hour later, the "sync" task is delivered as a processing task, and the app sets its expiration handler
    When 40 seconds later, the app completes the "sync" task as a success, and is suspended
    Then nothing else happens for 1 minute
    And the oracle blames the scheduler under CON-3

  @trace @rule:CFG-3 @conforms
  Scenario: Another entitlement than the one that health research needs
    Given the app "com.example.guide" permits "study", with the background modes "processing"
    And its entitlements: "com.apple.developer.healthkit.background-delivery"
    And the person takes part in the study
    When the person opens the app, which registers "study" while it launches
    And the app submits a health research request for "study", and it is refused with unavailable
    Then nothing else happens for 1 minute
    And the oracle says that the trace conforms

  @trace @sequence @rule:CMP-9 @conforms
  Scenario: Launched after failures
    After two failures the next request is launched as before, which nobody promised either way.

    Given the app "com.example.guide" permits "sync", with the background modes "fetch" and "processing"
    When the person opens the app, which registers "sync" while it launches
    And the app submits a refresh request for "sync", earliest in 15 minutes, and it is accepted
    And 59 seconds later, the person puts the device away, idle and locked, and 2 seconds later the app is suspended
    Then 58 minutes 50 seconds later, the "sync" task is delivered as a refresh task, and the app sets its expiration handler and submits a refresh request for "sync", earliest in 2 hours, and it is accepted
    When 4 seconds later, the app completes the "sync" task as a failure, and is suspended
    Then 3 hours later, the 2nd "sync" task is delivered as a refresh task, and the app sets its expiration handler and submits a refresh request for "sync", earliest in 2 hours, and it is accepted
    When 4 seconds later, the app completes the 2nd "sync" task as a failure, and is suspended
    Then 3 hours 59 minutes 53 seconds later, the 3rd "sync" task is delivered as a refresh task, and the app sets its expiration handler
    When the app submits a refresh request for "sync", earliest in 2 hours, and it is accepted
    And 4 seconds later, the app completes the 3rd "sync" task as a success, and is suspended
    Then nothing else happens for 1 minute
    And the oracle says that the trace conforms

  @trace @rule:CMP-9 @rule:CON-12 @conforms
  Scenario: Not launched after a failure
    After a failure the next request is not launched for days, which nobody promised either way.

    Given the app "com.example.guide" permits "sync", with the background modes "fetch" and "processing"
    When the person opens the app, which registers "sync" while it launches
    And the app submits a refresh request for "sync", earliest in 15 minutes, and it is accepted
    And 59 seconds later, the person puts the device away, idle and locked, and 2 seconds later the app is suspended
    Then 58 minutes 50 seconds later, the "sync" task is delivered as a refresh task, and the app sets its expiration handler and submits a refresh request for "sync", earliest in 2 hours, and it is accepted
    When 4 seconds later, the app completes the "sync" task as a failure, and is suspended
    Then nothing else happens for 8 days 23 hours
    And the oracle says that the trace conforms

  @run @conforms
  Scenario: On any scheduler: no queue given: one of the scheduler's own
    Given the app "com.example.guide" permits "sync", with the background modes "fetch"
    When the person opens the app, which registers "sync" while it launches
    And the app submits a refresh request for "sync", earliest in 15 minutes
    And 59 seconds later, the person puts the device away, idle and locked
    And 58 minutes 52 seconds later, the runner grants a launch of "sync"
    Then the "sync" task is delivered as a refresh task, and the app sets its expiration handler and submits a refresh request for "sync", earliest in 2 hours
    When 4 seconds later, the app completes the "sync" task as a success
    And 1 minute passes
    Then the oracle says that the trace conforms

  @run @conforms
  Scenario: On any scheduler: registration queue or another one: both are allowed
    Given the app "com.example.guide" permits "sync", with the background modes "fetch"
    When the person opens the app, which registers "sync" on the queue "work" while it launches
    And the app submits a refresh request for "sync", earliest in 15 minutes
    And 59 seconds later, the person puts the device away, idle and locked
    And 58 minutes 52 seconds later, the runner grants a launch of "sync"
    Then the "sync" task is delivered as a refresh task, and the app sets its expiration handler and submits a refresh request for "sync", earliest in 2 hours
    When 20 seconds later, the runner takes back the time of the "sync" task
    And the app completes the "sync" task as a failure
    And 1 minute passes
    Then the oracle says that the trace conforms
