@rule:LIF-8 @os:26.0
Feature: LIF-8 Force quit ends continued
  Closing the app in the app switcher ends its waiting and running continued tasks within
  "reaction_time", without any call to the app.

  Background:
    Given an iPhone with iOS 26.0
    And the app "com.example.app"
    And it permits "export.*"
    And its background modes: "processing"

  @trace @conforms
  Scenario: Running and waiting tasks end
    Given the implementation declares continued_capacity = "1"
    When the person opens the app
    And the app finishes launching
    And 4 seconds later, the app registers a handler for "export.1", and it returns true
    And the app registers a handler for "export.2", and it returns true
    And the app submits a continued request for "export.1", titled "Export", subtitled "Starting", and it is accepted
    Then the "export.1" task is delivered as a continued task
    When the app sets the expiration handler of the "export.1" task
    And the app sets the progress of the "export.1" task, completed 0, total 100
    And 1 second later, the app submits a continued request for "export.2", titled "Export", subtitled "Starting", and it is accepted
    And 1 second later, the app leaves the foreground
    Then the card of the "export.1" task appears, titled "Export", subtitled "Starting"
    When 1 second later, the person force-quits the app
    Then the card of the "export.1" task goes away
    When 1 minute later, the person opens the app
    And the app finishes launching
    Then nothing else happens for 2 minutes
    And the oracle says that the trace conforms
    And otherwise the oracle would blame the scheduler under LIF-8

  @trace @scheduler
  Scenario: The waiting request is run after the app was closed
    Given the implementation declares continued_capacity = "1"
    When the person opens the app
    And the app finishes launching
    And 4 seconds later, the app registers a handler for "export.1", and it returns true
    And the app registers a handler for "export.2", and it returns true
    And the app submits a continued request for "export.1", titled "Export", subtitled "Starting", and it is accepted
    Then the "export.1" task is delivered as a continued task
    When the app sets the expiration handler of the "export.1" task
    And the app sets the progress of the "export.1" task, completed 0, total 100
    And 1 second later, the app submits a continued request for "export.2", titled "Export", subtitled "Starting", and it is accepted
    And 1 second later, the app leaves the foreground
    Then the card of the "export.1" task appears, titled "Export", subtitled "Starting"
    When 1 second later, the person force-quits the app
    Then the card of the "export.1" task goes away
    When 5 minutes later, the person opens the app
    And the app finishes launching
    And 1 second later, the app registers a handler for "export.2", and it returns true
    Then the "export.2" task is delivered as a continued task
    When the app sets the expiration handler of the "export.2" task
    And the app sets the progress of the "export.2" task, completed 0, total 100
    And 5 seconds later, the app sets the progress of the "export.2" task, completed 50
    And 5 seconds later, the app sets the progress of the "export.2" task, completed 100
    And the app completes the "export.2" task as a success
    Then nothing else happens for 1 minute
    And the oracle blames the scheduler under LIF-8

  @run @conforms
  Scenario: Closed in the app switcher with two tasks running and one request waiting
    Given the implementation declares continued_capacity = "2"
    When the person opens the app
    And the app finishes launching
    And the app registers a handler for "export.1"
    And the app registers a handler for "export.2"
    And the app registers a handler for "export.3"
    And the app submits a continued request for "export.2", titled "Export", subtitled "Starting"
    And the app submits a continued request for "export.1", titled "Export", subtitled "Starting"
    Then the "export.1" task is delivered as a continued task
    When the app sets the expiration handler of the "export.1" task
    And the app submits a continued request for "export.3", titled "Export", subtitled "Starting"
    And 2 seconds later, the person force-quits the app
    And 1 minute later, the person opens the app
    And the app finishes launching
    And the app registers a handler for "export.3"
    And 5 minutes pass
    Then nothing is delivered
    And the oracle says that the trace conforms
