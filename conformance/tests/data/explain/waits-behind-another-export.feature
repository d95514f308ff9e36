Feature: Waits behind another export
  Scenario: Waits behind another export
    Given an iPhone with iOS 26.1
    And the app "com.example.app" permits "export.*", with the background modes "processing"
    When the person opens the app, which registers nothing while it launches
    And the app registers handlers for "export.1" and "export.2", and each returns true
    And the app submits a continued request for each of "export.1" and "export.2", titled "Export", subtitled "Starting", and each is accepted
    Then the "export.1" task is delivered as a continued task, and the app sets its expiration handler and its progress, completed 0, total 100
    When every 10 seconds, 12 times, the app sets the progress of the "export.1" task, completed 1 and 1 more each time
    Then nothing else happens for 1 second
