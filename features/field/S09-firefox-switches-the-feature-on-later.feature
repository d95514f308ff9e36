@case:S09 @os:17.6
# Asked: My handler is behind a switch: what then?
Feature: S09 Firefox switches the feature on later
  Firefox iOS: the handler is registered only where a feature was on at launch. The request comes
  without a handler, because the switch was off while the app launched.

  Background:
    Given an iPhone with iOS 17.6
    And the app "com.example.firefox" permits "suggest.ingest", with the background modes "processing"
    And the trace is rebuilt from an app's source
    When the person opens the app, which registers nothing while it launches

  @trace @rule:SUB-2 @rule:SUB-27 @app
  Scenario: Switched on after launch
    The feature is switched on after launch; leaving the app submits without a handler.

    When 5 minutes later, the app leaves the foreground
    And the app submits a processing request for "suggest.ingest", requiring the network, and it raises "No launch handler registered for task with identifier com.example.firefox.suggest.ingest"
    And the app crashes
    Then nothing else happens for 1 minute
    And the oracle blames the app under SUB-27
    And otherwise the oracle would blame the scheduler under SUB-2

  @trace @conforms
  Scenario: Submits only if registered
    Without a handler nothing is submitted; the next launch registers it while launching.

    When 5 minutes later, the app leaves the foreground, and 20 seconds later it is suspended
    And 1 hour 54 minutes 40 seconds later, memory runs short and the app is killed
    And 18 hours later, the person opens the app, which registers "suggest.ingest" while it launches
    And 3 minutes later, the app leaves the foreground
    And the app submits a processing request for "suggest.ingest", requiring the network, and it is accepted
    Then 20 seconds later, the app is suspended, and nothing else happens for 1 minute
    And the oracle says that the trace conforms

  @run @rule:SUB-27 @app
  Scenario: On any scheduler: switched on after launch
    When 5 minutes later, the app leaves the foreground
    And the app submits a processing request for "suggest.ingest", requiring the network
    Then it raises "No launch handler registered"
    When 1 minute passes
    Then the oracle blames the app under SUB-27

  @run @conforms
  Scenario: On any scheduler: submits only if registered
    When 5 minutes later, the app leaves the foreground
    And 1 hour 55 minutes later, memory runs short and the app is killed
    And 18 hours later, the person opens the app, which registers "suggest.ingest" while it launches
    And 3 minutes later, the app leaves the foreground
    And the app submits a processing request for "suggest.ingest", requiring the network
    Then it is accepted
    When 1 minute 20 seconds pass
    Then the oracle says that the trace conforms
