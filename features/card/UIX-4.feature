@rule:UIX-4 @os:26.0
Feature: UIX-4 Success shows finished
  On success a card that is shown says that it finished, within `reaction_time`, and goes away by
  itself, after `finished_card_time` at the latest where that has a number; once gone, nothing of it
  is seen. It never turns to failed, prompting or shown after success.

  Background:
    Given an iPhone with iOS 26.0
    And the device is calm
    And the app "com.example.app"
    And it permits "export.*"
    And its background modes: "processing"

  @trace @conforms
  Scenario: The card says that it finished
    When the person opens the app
    And the app finishes launching
    And 4 seconds later, the app registers a handler for "export.1", and it returns true
    And the app submits a continued request for "export.1", titled "Export", subtitled "Starting", and it is accepted
    Then the "export.1" task is delivered as a continued task
    When the app sets the expiration handler of the "export.1" task
    And the app sets the progress of the "export.1" task, completed 0, total 100
    And 1 second later, the app leaves the foreground
    Then the card of the "export.1" task appears, titled "Export", subtitled "Starting"
    When 5 seconds later, the app sets the progress of the "export.1" task, completed 50
    And 5 seconds later, the app sets the progress of the "export.1" task, completed 100
    And the app completes the "export.1" task as a success
    Then the card of the "export.1" task says that it finished
    And 4 seconds later, the card of the "export.1" task goes away
    And 2 seconds later, the app is suspended
    And nothing else happens for 1 minute
    And the oracle says that the trace conforms
    And otherwise the oracle would blame the scheduler under UIX-4

  @trace @scheduler
  Scenario: The card never says that it finished
    When the person opens the app
    And the app finishes launching
    And 4 seconds later, the app registers a handler for "export.1", and it returns true
    And the app submits a continued request for "export.1", titled "Export", subtitled "Starting", and it is accepted
    Then the "export.1" task is delivered as a continued task
    When the app sets the expiration handler of the "export.1" task
    And the app sets the progress of the "export.1" task, completed 0, total 100
    And 1 second later, the app leaves the foreground
    Then the card of the "export.1" task appears, titled "Export", subtitled "Starting"
    When 5 seconds later, the app sets the progress of the "export.1" task, completed 50
    And 5 seconds later, the app sets the progress of the "export.1" task, completed 100
    And the app completes the "export.1" task as a success
    Then 2 seconds later, the app is suspended
    And nothing else happens for 3 minutes
    And the oracle blames the scheduler under UIX-4

  @run @conforms
  Scenario: On any scheduler: the card says that it finished
    When the person opens the app
    And the app finishes launching
    And 4 seconds later, the app registers a handler for "export.1"
    And the app submits a continued request for "export.1", titled "Export", subtitled "Starting"
    And the app sets the expiration handler of the "export.1" task
    And the app sets the progress of the "export.1" task, completed 0, total 100
    And 1 second later, the app leaves the foreground
    And 5 seconds later, the app sets the progress of the "export.1" task, completed 50
    And 5 seconds later, the app sets the progress of the "export.1" task, completed 100
    And the app completes the "export.1" task as a success
    Then the card of the "export.1" task says that it finished
    When 1 minute 6 seconds pass
    Then the oracle says that the trace conforms

  @trace @scheduler
  Scenario: The card says that it finished, and then that it failed
    When the person opens the app
    And the app finishes launching
    And the app registers a handler for "export.1", and it returns true
    And the app submits a continued request for "export.1", titled "Export", subtitled "Starting", and it is accepted
    Then the "export.1" task is delivered as a continued task
    When the app sets the expiration handler of the "export.1" task
    And the app sets the progress of the "export.1" task, completed 0, total 100
    And the app leaves the foreground
    Then the card of the "export.1" task appears, titled "Export", subtitled "Starting"
    When the app sets the progress of the "export.1" task, completed 100
    And the app completes the "export.1" task as a success
    Then the card of the "export.1" task says that it finished
    And 1 second later, the card of the "export.1" task says that it failed
    And nothing else happens for 1 second
    And the oracle blames the scheduler under UIX-4
