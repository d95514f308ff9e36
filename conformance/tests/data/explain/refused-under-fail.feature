Feature: Refused under fail
  Scenario: Refused under fail
    Given an iPhone with iOS 26.1
    And the app "com.example.app" permits "export.*", with the background modes "processing"
    When the person opens the app, which registers nothing while it launches
    And 4 seconds later, the app registers and submits a continued request for "export.1", and it is refused with immediateRunIneligible:
      | with | strategy fail |
      | titled | "Export" |
      | subtitled | "x" |
    Then nothing else happens for 1 minute
