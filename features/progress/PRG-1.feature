@rule:PRG-1 @os:26.0
Feature: PRG-1 Report progress
  A continued task reports progress for as long as it runs: judged where `stall_timeout` has a
  number: a task that runs and has not expired, without progress (PRG-3 to PRG-5; what may count
  counts, a new title or total too) for that long or longer, the time in which its process was
  suspended not counted; once for each stall.

  Background:
    Given an iPhone with iOS 26.0, calm
    And the app "com.example.app" permits "export.*", with the background modes "processing"
    When the person opens the app, which registers nothing while it launches

  @trace @conforms
  Scenario: Each gap is below the stall time-out
    When 4 seconds later, the app starts a continued task for "export.1", at 0 of 100, titled "Export", subtitled "Starting"
    And 1 second later, the app leaves the foreground, and the card of the "export.1" task appears, titled "Export", subtitled "Starting"
    And every 28 seconds, 4 times, the app sets the progress of the "export.1" task, completed 10 and 10 more each time
    And 5 seconds later, the app sets the progress of the "export.1" task, completed 50, 5 seconds later completed 100, and completes it as a success
    Then the card of the "export.1" task says that it finished, and goes away 4 seconds later
    And 2 seconds later, the app is suspended, and nothing else happens for 1 minute
    And the oracle says that the trace conforms
    And otherwise the oracle would blame the app under PRG-1

  @trace @app
  Scenario: Thirty seconds without progress
    When 4 seconds later, the app starts a continued task for "export.1", at 0 of 100, titled "Export", subtitled "Starting"
    And 1 second later, the app leaves the foreground, and the card of the "export.1" task appears, titled "Export", subtitled "Starting"
    And 30 seconds later, the app sets the progress of the "export.1" task, completed 10
    And 5 seconds later, the app sets the progress of the "export.1" task, completed 50, 5 seconds later completed 100, and completes it as a success
    Then the card of the "export.1" task says that it finished, and goes away 4 seconds later
    And 2 seconds later, the app is suspended, and nothing else happens for 1 minute
    And the oracle blames the app under PRG-1

  @run @conforms
  Scenario: On any scheduler: each gap is below the stall time-out
    When 4 seconds later, the app registers and submits a continued request for "export.1", titled "Export", subtitled "Starting"
    Then the "export.1" task is delivered as a continued task, and the app sets its expiration handler and its progress, completed 0, total 100
    When 1 second later, the app leaves the foreground
    And every 28 seconds, 4 times, the app sets the progress of the "export.1" task, completed 10 and 10 more each time
    And 5 seconds later, the app sets the progress of the "export.1" task, completed 50, 5 seconds later completed 100, and completes it as a success
    And 1 minute 6 seconds pass
    Then the oracle says that the trace conforms
