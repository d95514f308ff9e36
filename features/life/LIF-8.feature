@rule:LIF-8 @os:26.0
Feature: LIF-8 Force quit ends continued
  Closing the app in the app switcher ends its waiting and running continued tasks within
  "reaction_time", without any call to the app.

  Background:
    Given an iPhone with iOS 26.0
    And the app "com.example.app" permits "export.*", with the background modes "processing"

  @trace @conforms
  Scenario: Running and waiting tasks end
    Given the implementation declares continued_capacity = "1"
    When the person opens the app, which registers nothing while it launches
    And 4 seconds later, the app registers handlers for "export.1" and "export.2", and each returns true
    And the app submits a continued request for "export.1", titled "Export", subtitled "Starting", and it is accepted
    Then the "export.1" task is delivered as a continued task, and the app sets its expiration handler and its progress, completed 0, total 100
    When 1 second later, the app submits a continued request for "export.2", titled "Export", subtitled "Starting", and it is accepted
    And 1 second later, the app leaves the foreground, and the card of the "export.1" task appears, titled "Export", subtitled "Starting"
    And 1 second later, the person force-quits the app, and the card of the "export.1" task goes away
    And 1 minute later, the person opens the app, which registers nothing while it launches
    Then nothing else happens for 2 minutes
    And the oracle says that the trace conforms
    And otherwise the oracle would blame the scheduler under LIF-8

  @trace @scheduler
  Scenario: The waiting request is run after the app was closed
    Given the implementation declares continued_capacity = "1"
    When the person opens the app, which registers nothing while it launches
    And 4 seconds later, the app registers handlers for "export.1" and "export.2", and each returns true
    And the app submits a continued request for "export.1", titled "Export", subtitled "Starting", and it is accepted
    Then the "export.1" task is delivered as a continued task, and the app sets its expiration handler and its progress, completed 0, total 100
    When 1 second later, the app submits a continued request for "export.2", titled "Export", subtitled "Starting", and it is accepted
    And 1 second later, the app leaves the foreground, and the card of the "export.1" task appears, titled "Export", subtitled "Starting"
    And 1 second later, the person force-quits the app, and the card of the "export.1" task goes away
    And 5 minutes later, the person opens the app, which registers "export.2" while it launches
    Then the "export.2" task is delivered as a continued task, and the app works it off: 0 of 100 units, 5 seconds later 50, 5 seconds later 100, as a success
    And nothing else happens for 1 minute
    And the oracle blames the scheduler under LIF-8

  @run @conforms
  Scenario: Closed in the app switcher with two tasks running and one request waiting
    Given the implementation declares continued_capacity = "2"
    When the person opens the app, which registers nothing while it launches
    And the app registers handlers for "export.1", "export.2" and "export.3", and each returns true
    And the app submits a continued request for "export.2", titled "Export", subtitled "Starting"
    And the app submits a continued request for "export.1", titled "Export", subtitled "Starting"
    Then the "export.1" task is delivered as a continued task, and the app sets its expiration handler and submits a continued request for "export.3", titled "Export", subtitled "Starting"
    When 2 seconds later, the person force-quits the app
    And 1 minute later, the person opens the app, which registers nothing while it launches
    And the app registers a handler for "export.3"
    And 5 minutes pass
    Then nothing is delivered
    And the oracle says that the trace conforms
