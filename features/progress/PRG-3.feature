@rule:PRG-3 @os:26.0
Feature: PRG-3 Rise is progress
  A completedUnitCount above the highest one so far is progress and starts the stall time-out anew. A
  rise that stays below it, after a fall, may or may not count.

  Background:
    Given an iPhone with iOS 26.0, calm
    And the app "com.example.app" permits "export.*", with the background modes "processing"
    When the person opens the app, which registers nothing while it launches

  @trace @conforms
  Scenario: After a fall, rises below the highest may not count
    When 4 seconds later, the app starts a continued task for "export.1", at 0 of 100, titled "Export", subtitled "Starting"
    And 1 second later, the app leaves the foreground, and the card of the "export.1" task appears, titled "Export", subtitled "Starting"
    And 5 seconds later, the app sets the progress of the "export.1" task, completed 50
    And 5 seconds later, the app sets the progress of the "export.1" task, completed 10
    And 20 seconds later, the app sets the progress of the "export.1" task, completed 20
    Then 9 seconds later, the "export.1" task is expired, the app completes it as a failure, and its card says that it failed
    And 2 seconds later, the app is suspended, and nothing else happens for 1 minute
    And the oracle says that the trace conforms
    And otherwise the oracle would blame the scheduler under PRG-3

  @trace @scheduler
  Scenario: Expired although the count rose 15 seconds before
    When 4 seconds later, the app starts a continued task for "export.1", at 0 of 100, titled "Export", subtitled "Starting"
    And 1 second later, the app leaves the foreground, and the card of the "export.1" task appears, titled "Export", subtitled "Starting"
    And 20 seconds later, the app sets the progress of the "export.1" task, completed 10
    And 20 seconds later, the app sets the progress of the "export.1" task, completed 20
    Then 15 seconds later, the "export.1" task is expired, the app completes it as a failure, and its card says that it failed
    And 2 seconds later, the app is suspended, and nothing else happens for 1 minute
    And the oracle blames the scheduler under PRG-3

  @run @conforms
  Scenario: On any scheduler: after a fall, rises below the highest may not count
    When 4 seconds later, the app registers and submits a continued request for "export.1", titled "Export", subtitled "Starting"
    Then the "export.1" task is delivered as a continued task, and the app sets its expiration handler and its progress, completed 0, total 100
    When 1 second later, the app leaves the foreground
    And 5 seconds later, the app sets the progress of the "export.1" task, completed 50
    And 5 seconds later, the app sets the progress of the "export.1" task, completed 10
    And 20 seconds later, the app sets the progress of the "export.1" task, completed 20
    And 9 seconds later, the app completes the "export.1" task as a failure
    And 1 minute 2 seconds pass
    Then the oracle says that the trace conforms
