Feature: Trap as the handler is called
  Scenario: Trap as the handler is called
    Given an iPhone with iOS 26.1
    And the app "com.example.app" permits "sync", with the background modes "fetch" and "processing"
    When the person opens the app, which registers "sync" while it launches
    And the app submits a refresh request for "sync", and it is accepted
    And 1 minute later, the person puts the device away, idle and locked, and 2 seconds later the app is suspended
    Then 1 hour later, the "sync" task is delivered as a refresh task
    When 12 ms later, the app crashes
    Then nothing else happens for 1 hour
