@case:S23
# Asked: Why does my date move away at each visit?
Feature: S23 Ask first, or starve
  An app that asks the pending list first keeps its date; one that submits at each visit moves it.

  Background:
    Given the app "com.example.exposure" permits "exposure-notification", with the background modes "processing"
    And the trace is rebuilt from an app's source

  @trace @sequence @os:14.2 @conforms
  Scenario: Asks the pending list first
    corona-warn-app: the list is asked, and only what is missing is submitted. The second visit finds
    the request pending and leaves its floor alone; it runs.

    Given an iPhone with iOS 14.2
    When the person opens the app, which registers "exposure-notification" while it launches
    And the app asks for the pending requests, and it gets nothing
    And the app submits a processing request for "exposure-notification", earliest in 2 hours, requiring the network, and it is accepted
    And 1 minute later, the person puts the device away, idle and locked, and 3 seconds later the app is suspended
    And 1 hour 8 minutes 49 seconds later, the person takes the device up again and comes back to the app
    And the app asks for the pending requests, and it gets these requests:
      | identifier              | kind       | earliest      | requiring   |
      | "exposure-notification" | processing | in 50 minutes | the network |
    And 40 seconds later, the person puts the device away, idle and locked, and 3 seconds later the app is suspended
    Then 1 hour 39 minutes 9 seconds later, the "exposure-notification" task is delivered as a processing task, and the app sets its expiration handler
    When the app submits a processing request for "exposure-notification", earliest in 2 hours, requiring the network, and it is accepted
    And the app begins the work of "exposure-notification"
    And 18 seconds later, the app ends the work of "exposure-notification" and completes its task as a success, and is suspended
    Then nothing else happens for 1 hour 9 minutes 42 seconds
    And the oracle says that the trace conforms

  @trace @sequence @rule:LIF-10 @rule:SUB-4 @os:15.1 @conforms
  Scenario: Submits at each visit
    StreetComplete, before its fix: submitted at each visit, so that the floor never comes. Each visit
    replaces the request and moves its floor two hours on; nothing is ever launched.

    Given an iPhone with iOS 15.1
    When the person opens the app, which registers "exposure-notification" while it launches
    And the app submits a processing request for "exposure-notification", earliest in 2 hours, requiring the network, and it is accepted
    And 1 minute later, the person puts the device away, idle and locked, and 3 seconds later the app is suspended
    And 1 hour 38 minutes 49 seconds later, the person takes the device up again and comes back to the app
    And the app submits a processing request for "exposure-notification", earliest in 2 hours, requiring the network, and it is accepted
    And 50 seconds later, the person puts the device away, idle and locked, and 3 seconds later the app is suspended
    And 1 hour 39 minutes later, the person takes the device up again and comes back to the app
    And the app submits a processing request for "exposure-notification", earliest in 2 hours, requiring the network, and it is accepted
    And 50 seconds later, the person puts the device away, idle and locked, and 3 seconds later the app is suspended
    And 1 hour 39 minutes later, the person takes the device up again and comes back to the app
    And the app submits a processing request for "exposure-notification", earliest in 2 hours, requiring the network, and it is accepted
    And 50 seconds later, the person puts the device away, idle and locked, and 3 seconds later the app is suspended
    Then nothing else happens for 1 hour 49 minutes
    And the oracle says that the trace conforms
    And otherwise the oracle would blame the scheduler under SUB-4
    And the oracle advises LIF-10
    And the oracle advises LIF-10
    And the oracle advises LIF-10

  @run @sequence @os:14.2 @conforms
  Scenario: On any scheduler: asks the pending list first
    Given an iPhone with iOS 14.2
    When the person opens the app, which registers "exposure-notification" while it launches
    And the app asks for the pending requests
    And the app submits a processing request for "exposure-notification", earliest in 2 hours, requiring the network
    And 1 minute later, the person puts the device away, idle and locked
    And 1 hour 8 minutes 52 seconds later, the person takes the device up again and comes back to the app
    And the app asks for the pending requests
    And 40 seconds later, the person puts the device away, idle and locked
    And 1 hour 39 minutes 12 seconds later, the runner grants a launch of "exposure-notification"
    Then the "exposure-notification" task is delivered as a processing task, and the app sets its expiration handler
    When the app submits a processing request for "exposure-notification", earliest in 2 hours, requiring the network
    And the app begins the work of "exposure-notification"
    And 18 seconds later, the app ends the work of "exposure-notification" and completes its task as a success
    And 1 hour 9 minutes 42 seconds pass
    Then the oracle says that the trace conforms

  @run @sequence @rule:LIF-10 @os:15.1 @conforms
  Scenario: On any scheduler: submits at each visit
    Given an iPhone with iOS 15.1
    When the person opens the app, which registers "exposure-notification" while it launches
    And the app submits a processing request for "exposure-notification", earliest in 2 hours, requiring the network
    And 1 minute later, the person puts the device away, idle and locked
    And 1 hour 38 minutes 52 seconds later, the person takes the device up again and comes back to the app
    And the app submits a processing request for "exposure-notification", earliest in 2 hours, requiring the network
    And 50 seconds later, the person puts the device away, idle and locked
    And 1 hour 39 minutes 3 seconds later, the person takes the device up again and comes back to the app
    And the app submits a processing request for "exposure-notification", earliest in 2 hours, requiring the network
    And 50 seconds later, the person puts the device away, idle and locked
    And 1 hour 39 minutes 3 seconds later, the person takes the device up again and comes back to the app
    And the app submits a processing request for "exposure-notification", earliest in 2 hours, requiring the network
    Then it is accepted
    When 50 seconds later, the person puts the device away, idle and locked
    And 1 hour 49 minutes 3 seconds pass
    Then nothing is delivered
    And the oracle says that the trace conforms
    And the oracle advises LIF-10
    And the oracle advises LIF-10
    And the oracle advises LIF-10
