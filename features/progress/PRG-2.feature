@rule:PRG-2 @rule:PRG-1 @os:26.0
Feature: PRG-2 Stall may expire
  A continued task may be expired once the stall time-out has passed since its delivery or its last
  progress, time in the foreground and in a suspension included; it may also be left running (longer
  in the foreground and on the charger were seen). Staff: about 30 seconds, unpublished; seen after
  30 to 90 seconds without progress, once after 676 in the foreground.

  Background:
    Given an iPhone with iOS 26.0, calm
    And the app "com.example.app" permits "export.*", with the background modes "processing"
    When the person opens the app, which registers nothing while it launches
    And 4 seconds later, the app starts a continued task for "export.1", at 0 of 100, titled "Export", subtitled "Starting"
    And 1 second later, the app leaves the foreground, and the card of the "export.1" task appears, titled "Export", subtitled "Starting"

  @trace @app
  Scenario: Expired for the stall
    Then 40 seconds later, the "export.1" task is expired, the app completes it as a failure, and its card says that it failed
    And 2 seconds later, the app is suspended, and nothing else happens for 1 minute
    And the oracle blames the app under PRG-1

  @trace @app
  Scenario: Left running
    When 40 seconds later, the app sets the progress of the "export.1" task, completed 10
    And 5 seconds later, the app sets the progress of the "export.1" task, completed 50, 5 seconds later completed 100, and completes it as a success
    Then the card of the "export.1" task says that it finished, and goes away 4 seconds later
    And 2 seconds later, the app is suspended, and nothing else happens for 1 minute
    And the oracle blames the app under PRG-1
