Feature: Cancelled while it runs
  Scenario: Cancelled while it runs
    Given an iPhone with iOS 26.1
    And the app "com.example.app" permits "export.*", with the background modes "processing"
    When the person opens the app, which registers nothing while it launches
    And 4 seconds later, the app starts a continued task for "export.1", at 0 of 100, titled "Export", subtitled "Starting"
    And 5 seconds later, the app cancels "export.1"
    Then 1 second later, the "export.1" task is expired, and the app completes it as a failure
    And nothing else happens for 1 minute
