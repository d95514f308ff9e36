@rule:UIX-7 @os:26.0
Feature: UIX-7 Waiting may show card
  A waiting request may show a card with its title and subtitle; whether the person can stop it there
  is not documented.

  Background:
    Given an iPhone with iOS 26.0
    And the app "com.example.app" permits "export.*", with the background modes "processing"
    And the implementation declares continued_capacity = "1"
    When the person opens the app, which registers nothing while it launches
    And 4 seconds later, the app registers handlers for "export.1" and "export.2", and each returns true
    And the app submits a continued request for "export.1", titled "Export", subtitled "Starting", and it is accepted
    Then the "export.1" task is delivered as a continued task, and the app sets its expiration handler and its progress, completed 0, total 100
    When 1 second later, the app submits a continued request for "export.2", titled "Export", subtitled "Starting", and it is accepted

  @trace @conforms
  Scenario: No card while it waits
    When 5 seconds later, the app sets the progress of the "export.1" task, completed 50, 4 seconds later completed 100, and completes it as a success
    Then the "export.2" task is delivered as a continued task, and the app works it off: 0 of 100 units, 5 seconds later 50, 5 seconds later 100, as a success
    And nothing else happens for 1 minute
    And the oracle says that the trace conforms
    And otherwise the oracle would blame the scheduler under SUB-19

  @trace @conforms
  Scenario: A card while it waits
    Then the card of the "export.2" task appears, titled "Export", subtitled "Starting"
    When 4 seconds later, the app sets the progress of the "export.1" task, completed 50, 4 seconds later completed 100, and completes it as a success
    Then the "export.2" task is delivered as a continued task, and the app works it off: 0 of 100 units, 4 seconds later 50, 4 seconds later 100, as a success
    And the card of the "export.2" task says that it finished, and goes away 3 seconds later
    And nothing else happens for 1 minute
    And the oracle says that the trace conforms
