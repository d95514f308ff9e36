@rule:PRG-4 @os:26.0
Feature: PRG-4 Same value is no progress
  Setting the same completedUnitCount again is no progress. Whether a new total, a new title or a fall
  counts is not known: both are allowed.

  Background:
    Given an iPhone with iOS 26.0
    And the device is calm
    And the app "com.example.app"
    And it permits "export.*"
    And its background modes: "processing"
    When the person opens the app
    And the app finishes launching
    And 4 seconds later, the app registers a handler for "export.1", and it returns true

  @trace @conforms
  Scenario: A new total may not count: expired
    When the app submits a continued request for "export.1", titled "Export", subtitled "Starting", and it is accepted
    Then the "export.1" task is delivered as a continued task
    When the app sets the expiration handler of the "export.1" task
    And the app sets the progress of the "export.1" task, completed 0, total 100
    And 1 second later, the app leaves the foreground
    Then the card of the "export.1" task appears, titled "Export", subtitled "Starting"
    When 20 seconds later, the app sets the progress of the "export.1" task, total 200
    Then 15 seconds later, the "export.1" task is expired
    When the app completes the "export.1" task as a failure
    Then the card of the "export.1" task says that it failed
    And 2 seconds later, the app is suspended
    And nothing else happens for 1 minute
    And the oracle says that the trace conforms

  @trace @conforms
  Scenario: A new total may count: not expired
    When the app submits a continued request for "export.1", titled "Export", subtitled "Starting", and it is accepted
    Then the "export.1" task is delivered as a continued task
    When the app sets the expiration handler of the "export.1" task
    And the app sets the progress of the "export.1" task, completed 0, total 100
    And 1 second later, the app leaves the foreground
    Then the card of the "export.1" task appears, titled "Export", subtitled "Starting"
    When 20 seconds later, the app sets the progress of the "export.1" task, total 200
    And 15 seconds later, the app sets the progress of the "export.1" task, completed 20
    And 5 seconds later, the app sets the progress of the "export.1" task, completed 100
    And 5 seconds later, the app sets the progress of the "export.1" task, completed 200
    And the app completes the "export.1" task as a success
    Then the card of the "export.1" task says that it finished
    And 4 seconds later, the card of the "export.1" task goes away
    And 2 seconds later, the app is suspended
    And nothing else happens for 1 minute
    And the oracle says that the trace conforms
