@rule:PRG-12 @os:26.0
Feature: PRG-12 Continue goes on
  Continue neither expires nor pauses the task; the stall rules go on as before.

  Background:
    Given an iPhone with iOS 26.0, calm
    And the app "com.example.app" permits "export.*", with the background modes "processing"
    When the person opens the app, which registers nothing while it launches

  @trace @conforms
  Scenario: Continue: it goes on
    When 4 seconds later, the app starts a continued task for "export.1", at 0 of 100, titled "Export", subtitled "Starting"
    And 1 second later, the app leaves the foreground, and the card of the "export.1" task appears, titled "Export", subtitled "Starting"
    And 20 seconds later, the app sets the progress of the "export.1" task, completed 10
    And 20 seconds later, the app sets the progress of the "export.1" task, completed 20
    Then 1 second later, the card of the "export.1" task asks whether to go on
    When 4 seconds later, the person lets the "export.1" task go on
    And 5 seconds later, the app sets the progress of the "export.1" task, completed 50, 5 seconds later completed 100, and completes it as a success
    Then the card of the "export.1" task says that it finished, and goes away 4 seconds later
    And 2 seconds later, the app is suspended, and nothing else happens for 1 minute
    And the oracle says that the trace conforms
    And otherwise the oracle would blame the scheduler under PRG-12

  @trace @scheduler
  Scenario: Continue expires the task
    When 4 seconds later, the app starts a continued task for "export.1", at 0 of 100, titled "Export", subtitled "Starting"
    And 1 second later, the app leaves the foreground, and the card of the "export.1" task appears, titled "Export", subtitled "Starting"
    And 20 seconds later, the app sets the progress of the "export.1" task, completed 10
    And 20 seconds later, the app sets the progress of the "export.1" task, completed 20
    Then 1 second later, the card of the "export.1" task asks whether to go on
    When 4 seconds later, the person lets the "export.1" task go on
    Then 1 second later, the "export.1" task is expired, the app completes it as a failure, and its card says that it failed
    And 2 seconds later, the app is suspended, and nothing else happens for 1 minute
    And the oracle blames the scheduler under PRG-12

  @run @conforms
  Scenario: Continue, and units of work every 20 seconds
    When the app registers a handler for "export.1"
    And the app sets the progress of the "export.1" task, completed 0, total 100, as soon as the "export.1" task is delivered
    And the app sets the expiration handler of the "export.1" task, as soon as the "export.1" task is delivered
    And the person lets the "export.1" task go on, as soon as the "export.1" task asks whether to go on
    And the app submits a continued request for "export.1", titled "Export", subtitled "Starting"
    Then the "export.1" task is delivered as a continued task
    When the app leaves the foreground
    And every 20 seconds, 2 times, the app sets the progress of the "export.1" task, completed 10 and 10 more each time
    And every 20 seconds, 6 times, the app sets the progress of the "export.1" task, completed 40 and 10 more each time
    And the app completes the "export.1" task as a success
    And 1 second passes
    Then the oracle says that the trace conforms
