Feature: Background app refresh off
  Scenario: Background app refresh off
    Given an iPhone with iOS 18.0
    And the app "com.example.app" permits "sync", with the background modes "fetch" and "processing"
    And the device is with Background App Refresh off
    When the person opens the app, which registers "sync" while it launches
    And the app submits a refresh request for "sync", and it is refused with unavailable
    Then nothing else happens for 1 minute
