@rule:PRG-8 @rule:PRG-1 @os:26.0
Feature: PRG-8 Stalled may run on
  A stalled task may be left running: follows from PRG-2; seen in the foreground and on the charger.

  @trace @app
  Scenario: Left running for minutes
    Given an iPhone with iOS 26.0, calm
    And the app "com.example.app" permits "export.*", with the background modes "processing"
    When the person opens the app, which registers nothing while it launches
    And 4 seconds later, the app starts a continued task for "export.1", at 0 of 100, titled "Export", subtitled "Starting"
    And 1 second later, the app leaves the foreground, and the card of the "export.1" task appears, titled "Export", subtitled "Starting"
    And 5 minutes later, the app sets the progress of the "export.1" task, completed 10
    And 5 seconds later, the app sets the progress of the "export.1" task, completed 50, 5 seconds later completed 100, and completes it as a success
    Then the card of the "export.1" task says that it finished, and goes away 4 seconds later
    And 2 seconds later, the app is suspended, and nothing else happens for 1 minute
    And the oracle blames the app under PRG-1
