@rule:UIX-3 @os:26.0
Feature: UIX-3 Stop expires
  The person's Stop expires the task within "reaction_time": its handler is called, or it is completed
  as unsuccessful where none is set.

  Background:
    Given an iPhone with iOS 26.0
    And the device is calm
    And the app "com.example.app"
    And it permits "export.*"
    And its background modes: "processing"

  @trace @conforms
  Scenario: Expired within the reaction time
    When the person opens the app
    And the app finishes launching
    And 4 seconds later, the app registers a handler for "export.1", and it returns true
    And the app submits a continued request for "export.1", titled "Export", subtitled "Starting", and it is accepted
    Then the "export.1" task is delivered as a continued task
    When the app sets the expiration handler of the "export.1" task
    And the app sets the progress of the "export.1" task, completed 0, total 100
    And 1 second later, the app leaves the foreground
    Then the card of the "export.1" task appears, titled "Export", subtitled "Starting"
    When 9 seconds later, the person stops the "export.1" task
    Then 9 seconds later, the "export.1" task is expired
    When the app completes the "export.1" task as a failure
    Then the card of the "export.1" task goes away
    And 2 seconds later, the app is suspended
    And nothing else happens for 1 minute
    And the oracle says that the trace conforms
    And otherwise the oracle would blame the scheduler under UIX-3

  @trace @scheduler
  Scenario: Stop is ignored
    When the person opens the app
    And the app finishes launching
    And 4 seconds later, the app registers a handler for "export.1", and it returns true
    And the app submits a continued request for "export.1", titled "Export", subtitled "Starting", and it is accepted
    Then the "export.1" task is delivered as a continued task
    When the app sets the expiration handler of the "export.1" task
    And the app sets the progress of the "export.1" task, completed 0, total 100
    And 1 second later, the app leaves the foreground
    Then the card of the "export.1" task appears, titled "Export", subtitled "Starting"
    When 9 seconds later, the person stops the "export.1" task
    And every 18 seconds, 5 times, the app sets the progress of the "export.1" task, completed 10 and 10 more each time
    And 5 seconds later, the app sets the progress of the "export.1" task, completed 50
    And 5 seconds later, the app sets the progress of the "export.1" task, completed 100
    And the app completes the "export.1" task as a success
    Then the card of the "export.1" task says that it finished
    And 4 seconds later, the card of the "export.1" task goes away
    And 2 seconds later, the app is suspended
    And nothing else happens for 1 minute
    And the oracle blames the scheduler under UIX-3

  @run @conforms
  Scenario: Stop, with an expiration handler
    When the person opens the app
    And the app finishes launching
    And the app registers a handler for "export.1"
    And the app sets the progress of the "export.1" task, completed 0, total 100, as soon as the "export.1" task is delivered
    And the app sets the expiration handler of the "export.1" task, as soon as the "export.1" task is delivered
    And the app completes the "export.1" task as a failure, as soon as the "export.1" task expires
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
    When the person opens the app
    And the app finishes launching
    And the app registers a handler for "export.1"
    And the app submits a continued request for "export.1", titled "Export", subtitled "Starting"
    Then the "export.1" task is delivered as a continued task
    When the app leaves the foreground
    And every 20 seconds, 2 times, the app sets the progress of the "export.1" task, completed 10 and 10 more each time
    And the person stops the "export.1" task
    And every 20 seconds, 4 times, the app sets the progress of the "export.1" task, completed 30 and 10 more each time
    Then the system completes the "export.1" task as a failure
    And the oracle blames the app under CMP-1
    And the oracle advises EXP-14
