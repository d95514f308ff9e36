Feature: Rebooted and never unlocked
  Scenario: Rebooted and never unlocked
    Given an iPhone with iOS 18.0
    And the app "com.example.app" permits "sync", with the background modes "fetch" and "processing"
    When the person opens the app, which registers "sync" while it launches
    And the app submits a refresh request for "sync", and it is accepted
    And 1 minute later, the person puts the device away, idle and locked
    And 1 hour later, the device reboots
    Then nothing else happens for 2 days
