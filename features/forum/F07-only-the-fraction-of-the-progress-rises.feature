@case:F07 @source:forum-809182 @os:26.1
# Asked: My progress rises, and the task expires all the same
Feature: F07 Only the fraction of the progress rises
  Forum 809182: child progress moves fractionCompleted, and the completed unit count stands still.
  The task is expired as if nothing had moved.

  Background:
    Given an iPhone with iOS 26.1, calm
    And the app "com.example.converter" permits "convert.*"
    And the trace is retold from a report
    When the person opens the app, which registers nothing while it launches

  @trace @sequence @rule:PRG-1 @rule:PRG-2 @rule:PRG-5 @rule:PRG-6 @conforms @scheduler @app
  Scenario: Only child progress rises
    Only child progress moves for 40 s, and the task is expired: whether that counts is not
    known. Where child progress is declared to count, there was no stall. Where child progress
    is declared not to count, the app stalls.

    When 20 seconds later, the app starts a continued task for "convert.1", at 0 of 100, titled "Converting", subtitled "Film", and begins its work
    And the app leaves the foreground, and the card of the "convert.1" task appears, titled "Converting", subtitled "Film"
    And 4 seconds later, the app sets the progress of the "convert.1" task, by child progress 0.01
    And 4 seconds later, the app sets the progress of the "convert.1" task, by child progress 0.02
    And 4 seconds later, the app sets the progress of the "convert.1" task, by child progress 0.03
    And 4 seconds later, the app sets the progress of the "convert.1" task, by child progress 0.04
    And 4 seconds later, the app sets the progress of the "convert.1" task, by child progress 0.05
    And 4 seconds later, the app sets the progress of the "convert.1" task, by child progress 0.06
    And 4 seconds later, the app sets the progress of the "convert.1" task, by child progress 0.07
    And 4 seconds later, the app sets the progress of the "convert.1" task, by child progress 0.08
    And 4 seconds later, the app sets the progress of the "convert.1" task, by child progress 0.09
    Then 3 seconds later, the "convert.1" task is expired, the app ends its work and completes it as a failure, and its card says that it failed
    And 2 seconds later, the app is suspended, and nothing else happens for 1 minute
    And the oracle says that the trace conforms
    And with child_progress_counts = "yes", the oracle blames the scheduler under PRG-6
    And with child_progress_counts = "no", the oracle blames the app under PRG-1

  @trace @rule:PRG-6 @scheduler
  Scenario: Expired although each rise came in time
    When 20 seconds later, the app starts a continued task for "convert.1", at 0 of 100, titled "Converting", subtitled "Film", and begins its work
    And the app leaves the foreground, and the card of the "convert.1" task appears, titled "Converting", subtitled "Film"
    And every 20 seconds, 5 times, the app sets the progress of the "convert.1" task, completed 5 and 5 more each time
    Then 8 seconds later, the "convert.1" task is expired, the app ends its work and completes it as a failure, and its card says that it failed
    And 2 seconds later, the app is suspended, and nothing else happens for 1 minute
    And the oracle blames the scheduler under PRG-6

  @trace @rule:PRG-1 @rule:PRG-2 @rule:PRG-4 @app
  Scenario: The same count again and again is no progress
    When 20 seconds later, the app starts a continued task for "convert.1", at 0 of 100, titled "Converting", subtitled "Film", and begins its work
    And the app leaves the foreground, and the card of the "convert.1" task appears, titled "Converting", subtitled "Film"
    And every 1 second, 34 times, the app sets the progress of the "convert.1" task, completed 5 and 0 more each time
    Then the "convert.1" task is expired, the app ends its work and completes it as a failure, and its card says that it failed
    And 2 seconds later, the app is suspended, and nothing else happens for 1 minute
    And the oracle blames the app under PRG-1

  @run @rule:PRG-1 @app
  Scenario: On any scheduler: the same count again and again is no progress
    When 20 seconds later, the app registers and submits a continued request for "convert.1", titled "Converting", subtitled "Film"
    Then the "convert.1" task is delivered as a continued task, and the app sets its expiration handler and its progress, completed 0, total 100
    When the app begins the work of "convert.1"
    And the app leaves the foreground
    And every 1 second, 34 times, the app sets the progress of the "convert.1" task, completed 5 and 0 more each time
    And the app ends the work of "convert.1" and completes its task as a failure
    And 1 minute 2 seconds pass
    Then the oracle blames the app under PRG-1
