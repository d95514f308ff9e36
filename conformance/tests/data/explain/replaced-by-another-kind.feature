Feature: Replaced by another kind
  Scenario: Replaced by another kind
    Given an iPhone with iOS 18.0
    And the app "com.example.app" permits "sync", with the background modes "fetch" and "processing"
    And the device is on battery and with Background App Refresh on
    When the person opens the app, which registers "sync" while it launches
    And the app submits a refresh request for "sync", and it is accepted
    And 1 minute later, the app submits a processing request for "sync", requiring external power, and it is accepted
    And 1 minute later, the person puts the device away, idle and locked, and 2 seconds later the app is suspended
    Then nothing else happens for 1 day
