Feature: Force quit while it runs
  Scenario: Force quit while it runs
    Given an iPhone with iOS 26.1
    And the app "com.example.app" permits "export.*", with the background modes "processing"
    When the person opens the app, which registers nothing while it launches
    And 4 seconds later, the app starts a continued task for "export.1", at 0 of 100, titled "Export", subtitled "Starting"
    And 1 second later, the app leaves the foreground
    And 5 seconds later, the person force-quits the app
    Then nothing else happens for 1 hour
