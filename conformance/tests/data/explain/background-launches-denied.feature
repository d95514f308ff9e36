Feature: Background launches denied
  Scenario: Background launches denied
    Given an iPhone with iOS 26.1
    And the app "com.example.app" permits "sync", with the background modes "fetch" and "processing"
    And the device is with background launches denied
    When the person opens the app, which registers "sync" while it launches
    And the app submits a refresh request for "sync", and it is refused with notPermitted
    Then nothing else happens for 1 minute
