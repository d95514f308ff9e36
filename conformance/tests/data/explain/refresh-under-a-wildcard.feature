Feature: Refresh under a wildcard
  Scenario: Refresh under a wildcard
    Given an iPhone with iOS 26.1
    And the app "com.example.app" permits "export.*", with the background modes "fetch" and "processing"
    When the person opens the app, which registers "export.1" while it launches
    And the app submits a refresh request for "export.1", and it is refused with notPermitted
    Then nothing else happens for 1 minute
