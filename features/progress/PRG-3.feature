@rule:PRG-3 @os:26.0
Feature: PRG-3 Rise is progress
  A completedUnitCount above the highest one so far is progress and starts the stall time-out anew. A
  rise that stays below it, after a fall, may or may not count.

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
  Scenario: After a fall, rises below the highest may not count
    When the app submits a continued request for "export.1", titled "Export", subtitled "Starting", and it is accepted
    Then the "export.1" task is delivered as a continued task
    When the app sets the expiration handler of the "export.1" task
    And the app sets the progress of the "export.1" task, completed 0, total 100
    And 1 second later, the app leaves the foreground
    Then the card of the "export.1" task appears, titled "Export", subtitled "Starting"
    When 5 seconds later, the app sets the progress of the "export.1" task, completed 50
    And 5 seconds later, the app sets the progress of the "export.1" task, completed 10
    And 20 seconds later, the app sets the progress of the "export.1" task, completed 20
    Then 9 seconds later, the "export.1" task is expired
    When the app completes the "export.1" task as a failure
    Then the card of the "export.1" task says that it failed
    And 2 seconds later, the app is suspended
    And nothing else happens for 1 minute
    And the oracle says that the trace conforms
    And otherwise the oracle would blame the scheduler under PRG-3

  @trace @scheduler
  Scenario: Expired although the count rose 15 seconds before
    When the app submits a continued request for "export.1", titled "Export", subtitled "Starting", and it is accepted
    Then the "export.1" task is delivered as a continued task
    When the app sets the expiration handler of the "export.1" task
    And the app sets the progress of the "export.1" task, completed 0, total 100
    And 1 second later, the app leaves the foreground
    Then the card of the "export.1" task appears, titled "Export", subtitled "Starting"
    When 20 seconds later, the app sets the progress of the "export.1" task, completed 10
    And 20 seconds later, the app sets the progress of the "export.1" task, completed 20
    Then 15 seconds later, the "export.1" task is expired
    When the app completes the "export.1" task as a failure
    Then the card of the "export.1" task says that it failed
    And 2 seconds later, the app is suspended
    And nothing else happens for 1 minute
    And the oracle blames the scheduler under PRG-3

  @run @conforms
  Scenario: On any scheduler: after a fall, rises below the highest may not count
    When the app submits a continued request for "export.1", titled "Export", subtitled "Starting"
    Then the "export.1" task is delivered as a continued task
    When the app sets the expiration handler of the "export.1" task
    And the app sets the progress of the "export.1" task, completed 0, total 100
    And 1 second later, the app leaves the foreground
    And 5 seconds later, the app sets the progress of the "export.1" task, completed 50
    And 5 seconds later, the app sets the progress of the "export.1" task, completed 10
    And 20 seconds later, the app sets the progress of the "export.1" task, completed 20
    And 9 seconds later, the app completes the "export.1" task as a failure
    And 1 minute 2 seconds pass
    Then the oracle says that the trace conforms
