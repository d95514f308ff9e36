@case:S27 @rule:CFG-9 @rule:LAU-3 @rule:LIF-5 @os:15.4
# Asked: I dropped an identifier in an update: what becomes of its request?
Feature: S27 WordPress drops an identifier in an update
  The request of the old version outlives the update and finds no handler.

  @trace @sequence @app
  Scenario: The old request is launched in the new version
    WordPress iOS 18156: an update renames the identifier while a request of the old one is pending. The
    request outlived the update and its handler did not: the launch raises and the app dies.

    Given an iPhone with iOS 15.4
    And the app "com.example.wordpress" permits "publish.old", with the background modes "processing"
    And the trace is rebuilt from an app's source
    When the person opens the app, which registers "publish.old" while it launches
    And 2 minutes later, the app submits a processing request for "publish.old", requiring the network, and it is accepted
    And 20 seconds later, the person puts the device away, idle and locked, and 3 seconds later the app is suspended
    And 4 hours 57 minutes 29 seconds later, the app is updated, now permitting "publish.new"
    Then 4 hours later, the app is launched in the background, for "publish.old", and registers "publish.new" while it launches
    And the launch of "publish.old" raises "No launch handler registered for task with identifier com.example.wordpress.publish.old"
    When the app crashes
    Then nothing else happens for 3 hours
    And the oracle blames the app under CFG-9
    And otherwise the oracle would blame the scheduler under LAU-3
