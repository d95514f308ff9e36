@rule:PRG-5 @os:26.0
Feature: PRG-5 Child progress
  A rise of fractionCompleted through child progress alone may or may not count (reported as not
  counting; earlier advice was to use it).

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
  Scenario: Child progress may count: not expired
    When the app submits a continued request for "export.1", titled "Export", subtitled "Starting", and it is accepted
    Then the "export.1" task is delivered as a continued task
    When the app sets the expiration handler of the "export.1" task
    And the app sets the progress of the "export.1" task, completed 0, total 100
    And 1 second later, the app leaves the foreground
    Then the card of the "export.1" task appears, titled "Export", subtitled "Starting"
    When 20 seconds later, the app sets the progress of the "export.1" task, by child progress 0.3
    And 15 seconds later, the app sets the progress of the "export.1" task, completed 40
    And 5 seconds later, the app sets the progress of the "export.1" task, completed 50
    And 5 seconds later, the app sets the progress of the "export.1" task, completed 100
    And the app completes the "export.1" task as a success
    Then the card of the "export.1" task says that it finished
    And 4 seconds later, the card of the "export.1" task goes away
    And 2 seconds later, the app is suspended
    And nothing else happens for 1 minute
    And the oracle says that the trace conforms

  @trace @rule:PRG-6 @conforms @scheduler
  Scenario: Child progress may not count: expired
    Where it is declared to count, there was no stall.

    When the app submits a continued request for "export.1", titled "Export", subtitled "Starting", and it is accepted
    Then the "export.1" task is delivered as a continued task
    When the app sets the expiration handler of the "export.1" task
    And the app sets the progress of the "export.1" task, completed 0, total 100
    And 1 second later, the app leaves the foreground
    Then the card of the "export.1" task appears, titled "Export", subtitled "Starting"
    When 20 seconds later, the app sets the progress of the "export.1" task, by child progress 0.3
    Then 15 seconds later, the "export.1" task is expired
    When the app completes the "export.1" task as a failure
    Then the card of the "export.1" task says that it failed
    And 2 seconds later, the app is suspended
    And nothing else happens for 1 minute
    And the oracle says that the trace conforms
    And with child_progress_counts = "yes", the oracle blames the scheduler under PRG-6
