@rule:PRG-2 @rule:PRG-1 @os:26.0
Feature: PRG-2 Stall may expire
  A continued task may be expired once the stall time-out has passed since its delivery or its last
  progress, time in the foreground and in a suspension included; it may also be left running (longer
  in the foreground and on the charger were seen). Staff: about 30 seconds, unpublished; seen after
  30 to 90 seconds without progress, once after 676 in the foreground.

  Background:
    Given an iPhone with iOS 26.0
    And the device is calm
    And the app "com.example.app"
    And it permits "export.*"
    And its background modes: "processing"
    When the person opens the app
    And the app finishes launching
    And 4 seconds later, the app registers a handler for "export.1", and it returns true

  @trace @app
  Scenario: Expired for the stall
    When the app submits a continued request for "export.1", titled "Export", subtitled "Starting", and it is accepted
    Then the "export.1" task is delivered as a continued task
    When the app sets the expiration handler of the "export.1" task
    And the app sets the progress of the "export.1" task, completed 0, total 100
    And 1 second later, the app leaves the foreground
    Then the card of the "export.1" task appears, titled "Export", subtitled "Starting"
    And 40 seconds later, the "export.1" task is expired
    When the app completes the "export.1" task as a failure
    Then the card of the "export.1" task says that it failed
    And 2 seconds later, the app is suspended
    And nothing else happens for 1 minute
    And the oracle blames the app under PRG-1

  @trace @app
  Scenario: Left running
    When the app submits a continued request for "export.1", titled "Export", subtitled "Starting", and it is accepted
    Then the "export.1" task is delivered as a continued task
    When the app sets the expiration handler of the "export.1" task
    And the app sets the progress of the "export.1" task, completed 0, total 100
    And 1 second later, the app leaves the foreground
    Then the card of the "export.1" task appears, titled "Export", subtitled "Starting"
    When 40 seconds later, the app sets the progress of the "export.1" task, completed 10
    And 5 seconds later, the app sets the progress of the "export.1" task, completed 50
    And 5 seconds later, the app sets the progress of the "export.1" task, completed 100
    And the app completes the "export.1" task as a success
    Then the card of the "export.1" task says that it finished
    And 4 seconds later, the card of the "export.1" task goes away
    And 2 seconds later, the app is suspended
    And nothing else happens for 1 minute
    And the oracle blames the app under PRG-1
