@rule:PRG-4 @os:26.0
Feature: PRG-4 Same value is no progress
  Setting the same completedUnitCount again is no progress. Whether a new total, a new title or a fall
  counts is not known: both are allowed.

  Background:
    Given an iPhone with iOS 26.0, calm
    And the app "com.example.app" permits "export.*", with the background modes "processing"
    When the person opens the app, which registers nothing while it launches
    And 4 seconds later, the app starts a continued task for "export.1", at 0 of 100, titled "Export", subtitled "Starting"
    And 1 second later, the app leaves the foreground, and the card of the "export.1" task appears, titled "Export", subtitled "Starting"
    And 20 seconds later, the app sets the progress of the "export.1" task, total 200

  @trace @conforms
  Scenario: A new total may not count: expired
    Then 15 seconds later, the "export.1" task is expired, the app completes it as a failure, and its card says that it failed
    And 2 seconds later, the app is suspended, and nothing else happens for 1 minute
    And the oracle says that the trace conforms

  @trace @conforms
  Scenario: A new total may count: not expired
    When 15 seconds later, the app sets the progress of the "export.1" task, completed 20
    And 5 seconds later, the app sets the progress of the "export.1" task, completed 100, 5 seconds later completed 200, and completes it as a success
    Then the card of the "export.1" task says that it finished, and goes away 4 seconds later
    And 2 seconds later, the app is suspended, and nothing else happens for 1 minute
    And the oracle says that the trace conforms
