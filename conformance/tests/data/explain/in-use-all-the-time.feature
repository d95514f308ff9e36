Feature: In use all the time
  Scenario: In use all the time
    Given an iPhone with iOS 18.0
    And the app "com.example.app" permits "sync", with the background modes "fetch" and "processing"
    And the device is in use and with Background App Refresh on
    When the person opens the app, which registers "sync" while it launches
    And the app submits a processing request for "sync", and it is accepted
    And 1 minute later, the app leaves the foreground
    Then 5 seconds later, the app is suspended, and nothing else happens for 8 hours
