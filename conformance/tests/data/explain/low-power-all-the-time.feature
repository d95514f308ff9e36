Feature: Low power all the time
  Scenario: Low power all the time
    Given an iPhone with iOS 18.0
    And the app "com.example.app" permits "sync", with the background modes "fetch" and "processing"
    And the device is online and with Background App Refresh on and unlocked
    When the person opens the app, which registers "sync" while it launches
    And the app submits a refresh request for "sync", and it is accepted
    And the device is now in Low Power Mode
    And 1 minute later, the app leaves the foreground
    Then 10 seconds later, the app is suspended, and nothing else happens for 2 days
