@case:S25 @rule:EXP-13 @os:14.4
# Asked: I block my registration queue: what then?
Feature: S25 DuckDuckGo blocks its registration queue
  DuckDuckGo iOS: the work blocks the registration queue, on which the expiration would be
  delivered.

  Background:
    Given an iPhone with iOS 14.4
    And the app "com.example.duckduckgo" permits "app-configuration", with the background modes "fetch"
    And the trace is rebuilt from an app's source
    When the person opens the app, which registers "app-configuration" on the queue "configuration" while it launches
    And the app submits a refresh request for "app-configuration", earliest in 30 minutes, and it is accepted

  @trace @rule:EXP-16 @app
  Scenario: The expiration never arrives
    The work holds the queue that the expiration would come on; it ends after 48 s, unwarned.

    When 1 minute later, the app leaves the foreground
    And 5 seconds later, the device is now idle and locked
    Then 3 seconds later, the app is suspended
    And 1 hour 9 minutes 52 seconds later, the "app-configuration" task is delivered as a refresh task, on the queue "configuration", and the app sets its expiration handler
    When the app submits a refresh request for "app-configuration", earliest in 30 minutes, and it is accepted
    And the app begins the work of "app-configuration"
    And the app blocks the queue "configuration"
    And 48 seconds later, the app ends the work of "app-configuration" and completes its task as a failure
    And the app unblocks the queue "configuration"
    Then the app is suspended, and nothing else happens for 5 minutes
    And the oracle blames the app under EXP-13
    And otherwise the oracle would blame the scheduler under EXP-16

  @trace @sequence @rule:DBG-3 @app
  Scenario: A simulated expiration arrives all the same
    Under the debugger the simulated expiration reaches the app, blocked queue or not.

    When 20 seconds later, a debugger is attached
    And 10 seconds later, the debugger simulates a launch of "app-configuration"
    Then the "app-configuration" task is delivered as a refresh task, on the queue "configuration", and the app sets its expiration handler
    When the app submits a refresh request for "app-configuration", earliest in 59 minutes 30 seconds, and it is accepted
    And the app begins the work of "app-configuration"
    And the app blocks the queue "configuration"
    And 20 seconds later, the debugger simulates an expiration of "app-configuration"
    Then the "app-configuration" task is expired
    When 3 seconds later, the app ends the work of "app-configuration" and completes its task as a failure
    And the app unblocks the queue "configuration"
    Then nothing else happens for 1 minute
    And the oracle blames the app under EXP-13
    And otherwise the oracle would blame the scheduler under DBG-3
