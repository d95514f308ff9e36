@rule:UIX-8 @os:26.0
Feature: UIX-8 Stop may bring to foreground
  Stop may bring the app to the foreground for some seconds before the task is expired; the card of a
  stopped task may go at once.

  Background:
    Given an iPhone with iOS 26.0, calm
    And the app "com.example.app" permits "export.*", with the background modes "processing"
    When the person opens the app, which registers nothing while it launches

  @trace @conforms
  Scenario: Stop brings the app to the foreground first
    When 4 seconds later, the app starts a continued task for "export.1", at 0 of 100, titled "Export", subtitled "Starting"
    And 1 second later, the app leaves the foreground, and the card of the "export.1" task appears, titled "Export", subtitled "Starting"
    And 9 seconds later, the person stops the "export.1" task
    And 1 second later, the app comes to the foreground
    Then 5 seconds later, the "export.1" task is expired, and the app completes it as a failure
    And the card of the "export.1" task goes away
    And nothing else happens for 1 minute
    And the oracle says that the trace conforms

  @trace @conforms
  Scenario: The card goes at once
    When 4 seconds later, the app starts a continued task for "export.1", at 0 of 100, titled "Export", subtitled "Starting"
    And 1 second later, the app leaves the foreground, and the card of the "export.1" task appears, titled "Export", subtitled "Starting"
    And 9 seconds later, the person stops the "export.1" task
    Then the card of the "export.1" task goes away
    And 1 second later, the "export.1" task is expired, and the app completes it as a failure
    And 2 seconds later, the app is suspended, and nothing else happens for 1 minute
    And the oracle says that the trace conforms

  @run @conforms
  Scenario: On any scheduler: the card goes at once
    When 4 seconds later, the app registers and submits a continued request for "export.1", titled "Export", subtitled "Starting"
    Then the "export.1" task is delivered as a continued task, and the app sets its expiration handler and its progress, completed 0, total 100
    When 1 second later, the app leaves the foreground
    And 9 seconds later, the person stops the "export.1" task
    And 1 second later, the app completes the "export.1" task as a failure
    And 1 minute 2 seconds pass
    Then the oracle says that the trace conforms
