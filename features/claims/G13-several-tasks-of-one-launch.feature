@case:G13 @rule:EXP-1 @rule:LAU-4 @os:18.5
# Asked: May several tasks run at once?
Feature: G13 Several tasks of one launch
  They share its time.

  @trace @sequence @conforms
  Scenario: One launch delivers both tasks, which run side by side
    Given an iPhone with iOS 18.5
    And the app "com.example.guide" permits "sync" and "cleanup", with the background modes "fetch" and "processing"
    When the person opens the app, which registers "sync" and "cleanup" while it launches
    And the app submits a refresh request for "sync", earliest in 15 minutes, and it is accepted
    And the app submits a processing request for "cleanup", and it is accepted
    And 1 minute later, the person puts the device away, idle and locked, and 2 seconds later the app is suspended
    And 28 minutes 50 seconds later, memory runs short and the app is killed
    Then 1 hour 30 minutes later, the app is launched in the background, for "sync" and "cleanup", and registers "sync" and "cleanup" while it launches
    And the "cleanup" task is delivered as a processing task, and the app sets its expiration handler
    And the "sync" task is delivered as a refresh task, and the app sets its expiration handler and submits a refresh request for "sync", earliest in 2 hours, and it is accepted
    When 6 seconds later, the app completes the "sync" task as a success
    And 3 minutes later, the app completes the "cleanup" task as a success, and is suspended
    Then nothing else happens for 1 minute
    And the oracle says that the trace conforms
