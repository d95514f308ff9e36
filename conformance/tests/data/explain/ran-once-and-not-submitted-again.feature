Feature: Ran once and not submitted again
  Scenario: Ran once and not submitted again
    Given an iPhone with iOS 18.0
    And the app "com.example.app" permits "sync", with the background modes "fetch" and "processing"
    When the person opens the app, which registers "sync" while it launches
    And the app submits a refresh request for "sync", and it is accepted
    And 1 minute later, the person puts the device away, idle and locked, and 2 seconds later the app is suspended
    Then 1 hour later, the "sync" task is delivered as a refresh task, and the app sets its expiration handler
    When 5 seconds later, the app completes the "sync" task as a success, and is suspended
    Then nothing else happens for 3 days
