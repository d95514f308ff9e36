Feature: Everything cancelled
  Scenario: Everything cancelled
    Given an iPhone with iOS 18.0
    And the app "com.example.app" permits "sync", with the background modes "fetch" and "processing"
    When the person opens the app, which registers "sync" while it launches
    And the app submits a refresh request for "sync", and it is accepted
    And 5 seconds later, the app cancels every request
    Then nothing else happens for 1 day
