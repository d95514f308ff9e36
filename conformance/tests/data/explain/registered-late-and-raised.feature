Feature: Registered late and raised
  Scenario: Registered late and raised
    Given an iPhone with iOS 18.0
    And the app "com.example.app" permits "sync", with the background modes "fetch" and "processing"
    When the person opens the app, which registers nothing while it launches
    And 5 seconds later, the app registers a handler for "sync", and it raises "All launch handlers must be registered before application finishes launching"
    And the app crashes
    Then nothing else happens for 1 minute
