@rule:UIX-3 @os:26.0
Feature: UIX-3 Stop expires
  The person's Stop expires the task within "reaction_time": its handler is called, or it is completed
  as unsuccessful where none is set.

  Background:
    Given an iPhone with iOS 26.0, calm
    And the app "com.example.app" permits "export.*", with the background modes "processing"
    When the person opens the app, which registers nothing while it launches

  @trace @conforms
  Scenario: Expired within the reaction time
    When 4 seconds later, the app starts a continued task for "export.1", at 0 of 100, titled "Export", subtitled "Starting"
    And 1 second later, the app leaves the foreground, and the card of the "export.1" task appears, titled "Export", subtitled "Starting"
    And 9 seconds later, the person stops the "export.1" task
    Then 9 seconds later, the "export.1" task is expired, and the app completes it as a failure
    And the card of the "export.1" task goes away
    And 2 seconds later, the app is suspended, and nothing else happens for 1 minute
    And the oracle says that the trace conforms
    And otherwise the oracle would blame the scheduler under UIX-3

  @trace @scheduler
  Scenario: Stop is ignored
    When 4 seconds later, the app starts a continued task for "export.1", at 0 of 100, titled "Export", subtitled "Starting"
    And 1 second later, the app leaves the foreground, and the card of the "export.1" task appears, titled "Export", subtitled "Starting"
    And 9 seconds later, the person stops the "export.1" task
    And every 18 seconds, 5 times, the app sets the progress of the "export.1" task, completed 10 and 10 more each time
    And 5 seconds later, the app sets the progress of the "export.1" task, completed 50, 5 seconds later completed 100, and completes it as a success
    Then the card of the "export.1" task says that it finished, and goes away 4 seconds later
    And 2 seconds later, the app is suspended, and nothing else happens for 1 minute
    And the oracle blames the scheduler under UIX-3

  @run @conforms
  Scenario: Stop, with an expiration handler
    When the app registers a handler for "export.1"
    And the app sets the progress of the "export.1" task, completed 0, total 100, as soon as the "export.1" task is delivered
    And the app sets the expiration handler of the "export.1" task as soon as it is delivered, and completes it as a failure as soon as it expires
    And the app submits a continued request for "export.1", titled "Export", subtitled "Starting"
    Then the "export.1" task is delivered as a continued task
    When the app leaves the foreground
    And every 20 seconds, 2 times, the app sets the progress of the "export.1" task, completed 10 and 10 more each time
    And the person stops the "export.1" task
    And every 20 seconds, 4 times, the app sets the progress of the "export.1" task, completed 30 and 10 more each time
    Then the "export.1" task is expired
    And the oracle says that the trace conforms

  @run @app
  Scenario: Stop, without an expiration handler
    When the app registers and submits a continued request for "export.1", titled "Export", subtitled "Starting"
    Then the "export.1" task is delivered as a continued task
    When the app leaves the foreground
    And every 20 seconds, 2 times, the app sets the progress of the "export.1" task, completed 10 and 10 more each time
    And the person stops the "export.1" task
    And every 20 seconds, 4 times, the app sets the progress of the "export.1" task, completed 30 and 10 more each time
    Then the system completes the "export.1" task as a failure
    And the oracle blames the app under CMP-1
    And the oracle advises EXP-14
