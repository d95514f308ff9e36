Feature: Continued outside the prefix
  Scenario: Continued outside the prefix
    Given an iPhone with iOS 26.1
    And the app "com.example.app" permits 'com.other.job', with the background modes "processing"
    When the person opens the app, which registers nothing while it launches
    And the app registers and submits a continued request for 'com.other.job', titled "Export", subtitled "Starting", and it is accepted
    Then nothing else happens for 5 minutes
