Feature: Refresh under a late identifier
  Scenario: Refresh under a late identifier
    Given an iPhone with iOS 26.1
    And the app "com.example.app" permits "sync", with the background modes "fetch" and "processing"
    When the person opens the app, which registers nothing while it launches
    And 5 seconds later, the app registers and submits a refresh request for "sync", and it is accepted
    And 1 minute later, the person puts the device away, idle and locked, and 2 seconds later the app is suspended
    Then nothing else happens for 1 day
