@rule:PRG-5 @os:26.0
Feature: PRG-5 Child progress
  A rise of fractionCompleted through child progress alone may or may not count (reported as not
  counting; earlier advice was to use it).

  Background:
    Given an iPhone with iOS 26.0, calm
    And the app "com.example.app" permits "export.*", with the background modes "processing"
    When the person opens the app, which registers nothing while it launches
    And 4 seconds later, the app starts a continued task for "export.1", at 0 of 100, titled "Export", subtitled "Starting"
    And 1 second later, the app leaves the foreground, and the card of the "export.1" task appears, titled "Export", subtitled "Starting"
    And 20 seconds later, the app sets the progress of the "export.1" task, by child progress 0.3

  @trace @conforms
  Scenario: Child progress may count: not expired
    When 15 seconds later, the app sets the progress of the "export.1" task, completed 40
    And 5 seconds later, the app sets the progress of the "export.1" task, completed 50, 5 seconds later completed 100, and completes it as a success
    Then the card of the "export.1" task says that it finished, and goes away 4 seconds later
    And 2 seconds later, the app is suspended, and nothing else happens for 1 minute
    And the oracle says that the trace conforms

  @trace @rule:PRG-6 @conforms @scheduler
  Scenario: Child progress may not count: expired
    Where it is declared to count, there was no stall.

    Then 15 seconds later, the "export.1" task is expired, the app completes it as a failure, and its card says that it failed
    And 2 seconds later, the app is suspended, and nothing else happens for 1 minute
    And the oracle says that the trace conforms
    And with child_progress_counts = "yes", the oracle blames the scheduler under PRG-6
