Feature: My feed is never refreshed
  Scenario: Refused with code 3
    Given an iPhone with iOS 18.5
    And the app "com.example.app"
    And it permits "refresh"
    When the person opens the app
    And the app registers a handler for "refresh", and it returns true
    And the app finishes launching
    And the app submits a refresh request for "refresh", and it is refused with notPermitted
