@rule:UIX-4 @os:26.0
Feature: UIX-4 Success shows finished
  On success a card that is shown says that it finished, within `reaction_time`, and goes away by
  itself, after `finished_card_time` at the latest where that has a number; once gone, nothing of it
  is seen. It never turns to failed, prompting or shown after success.

  Background:
    Given an iPhone with iOS 26.0, calm
    And the app "com.example.app" permits "export.*", with the background modes "processing"
    When the person opens the app, which registers nothing while it launches

  @trace @conforms
  Scenario: The card says that it finished
    When 4 seconds later, the app starts a continued task for "export.1", at 0 of 100, titled "Export", subtitled "Starting"
    And 1 second later, the app leaves the foreground, and the card of the "export.1" task appears, titled "Export", subtitled "Starting"
    And 5 seconds later, the app sets the progress of the "export.1" task, completed 50, 5 seconds later completed 100, and completes it as a success
    Then the card of the "export.1" task says that it finished, and goes away 4 seconds later
    And 2 seconds later, the app is suspended, and nothing else happens for 1 minute
    And the oracle says that the trace conforms
    And otherwise the oracle would blame the scheduler under UIX-4

  @trace @scheduler
  Scenario: The card never says that it finished
    When 4 seconds later, the app starts a continued task for "export.1", at 0 of 100, titled "Export", subtitled "Starting"
    And 1 second later, the app leaves the foreground, and the card of the "export.1" task appears, titled "Export", subtitled "Starting"
    And 5 seconds later, the app sets the progress of the "export.1" task, completed 50, 5 seconds later completed 100, and completes it as a success
    Then 2 seconds later, the app is suspended, and nothing else happens for 3 minutes
    And the oracle blames the scheduler under UIX-4

  @run @conforms
  Scenario: On any scheduler: the card says that it finished
    When 4 seconds later, the app registers and submits a continued request for "export.1", titled "Export", subtitled "Starting"
    And the app sets the expiration handler of the "export.1" task
    And the app sets the progress of the "export.1" task, completed 0, total 100
    And 1 second later, the app leaves the foreground
    And 5 seconds later, the app sets the progress of the "export.1" task, completed 50, 5 seconds later completed 100, and completes it as a success
    Then the card of the "export.1" task says that it finished
    When 1 minute 6 seconds pass
    Then the oracle says that the trace conforms

  @trace @scheduler
  Scenario: The card says that it finished, and then that it failed
    When the app starts a continued task for "export.1", at 0 of 100, titled "Export", subtitled "Starting"
    And the app leaves the foreground, and the card of the "export.1" task appears, titled "Export", subtitled "Starting"
    And the app sets the progress of the "export.1" task, completed 100, and completes it as a success
    Then the card of the "export.1" task says that it finished
    And 1 second later, the card of the "export.1" task says that it failed
    And nothing else happens for 1 second
    And the oracle blames the scheduler under UIX-4
