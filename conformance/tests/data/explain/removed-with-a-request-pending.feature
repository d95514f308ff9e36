Feature: Removed with a request pending
  Scenario: Removed with a request pending
    Given an iPhone with iOS 18.0
    And the app "com.example.app" permits "sync", with the background modes "fetch" and "processing"
    When the person opens the app, which registers "sync" while it launches
    And the app submits a refresh request for "sync", and it is accepted
    And 1 minute later, the app leaves the foreground
    And 1 hour later, the app is removed
    Then nothing else happens for 2 days
