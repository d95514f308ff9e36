@case:G13 @rule:EXP-1 @rule:LAU-4 @os:18.5
# Asked: May several tasks run at once?
Feature: G13 Several tasks of one launch
  They share its time.

  @trace @conforms
  Scenario: One launch delivers both tasks, which run side by side
    Given an iPhone with iOS 18.5
    And the app "com.example.guide"
    And it permits "sync" and "cleanup"
    And its background modes: "fetch" and "processing"
    When the person opens the app
    And the app registers a handler for "sync", and it returns true
    And the app registers a handler for "cleanup", and it returns true
    And the app finishes launching
    And the app submits a refresh request for "sync", earliest in 15 minutes, and it is accepted
    And the app submits a processing request for "cleanup", and it is accepted
    And 1 minute later, the app leaves the foreground
    And 8 seconds later, the device is now idle and locked
    Then 2 seconds later, the app is suspended
    When 28 minutes 50 seconds later, memory runs short and the app is killed
    Then 1 hour 30 minutes later, the app is launched in the background, for "sync" and "cleanup"
    When the app registers a handler for "sync", and it returns true
    And the app registers a handler for "cleanup", and it returns true
    And the app finishes launching
    Then the "cleanup" task is delivered as a processing task
    When the app sets the expiration handler of the "cleanup" task
    Then the "sync" task is delivered as a refresh task
    When the app sets the expiration handler of the "sync" task
    And the app submits a refresh request for "sync", earliest in 2 hours, and it is accepted
    And 6 seconds later, the app completes the "sync" task as a success
    And 3 minutes later, the app completes the "cleanup" task as a success
    Then the app is suspended
    And nothing else happens for 1 minute
    And the oracle says that the trace conforms
