Feature: Study without its entitlement
  Scenario: Study without its entitlement
    Given an iPhone with iOS 18.0
    And the app "com.example.app" permits "study", with the background modes "fetch" and "processing"
    When the person opens the app, which registers "study" while it launches
    And the app submits a health research request for "study", and it is refused with notPermitted
    Then nothing else happens for 1 minute
