@rule:UIX-6 @os:26.0
Feature: UIX-6 Second card on retry
  Submitting a failed identifier again shows a second card beside the failed one (reported), or
  replaces it (what its reporter expected).

  Background:
    Given an iPhone with iOS 26.0, calm
    And the app "com.example.app" permits "export.*", with the background modes "processing"
    When the person opens the app, which registers nothing while it launches

  @trace @conforms @scheduler
  Scenario: Two cards
    When 4 seconds later, the app starts a continued task for "export.1", at 0 of 100, titled "Export", subtitled "Starting"
    And 1 second later, the app leaves the foreground, and the card of the "export.1" task appears, titled "Export", subtitled "Starting"
    And 9 seconds later, the app completes the "export.1" task as a failure, and its card says that it failed
    And 1 second later, the app comes to the foreground
    And 1 second later, the app submits a continued request for "export.1", titled "Export", subtitled "Starting", and it is accepted
    Then the 2nd "export.1" task is delivered as a continued task, and the app sets its expiration handler and its progress, completed 0, total 100
    When 3 seconds later, the app leaves the foreground, and the card of the 2nd "export.1" task appears, titled "Export", subtitled "Starting"
    And 5 seconds later, the app sets the progress of the 2nd "export.1" task, completed 50, 5 seconds later completed 100, and completes it as a success
    Then the card of the 2nd "export.1" task says that it finished, and goes away 4 seconds later
    And 2 seconds later, the app is suspended, and nothing else happens for 1 minute
    And the oracle says that the trace conforms
    And with failed_card_replaced_on_retry = "yes", the oracle blames the scheduler under UIX-6

  @trace @conforms
  Scenario: One card
    When 4 seconds later, the app starts a continued task for "export.1", at 0 of 100, titled "Export", subtitled "Starting"
    And 1 second later, the app leaves the foreground, and the card of the "export.1" task appears, titled "Export", subtitled "Starting"
    And 9 seconds later, the app completes the "export.1" task as a failure, and its card says that it failed
    And 1 second later, the app comes to the foreground
    And 1 second later, the app submits a continued request for "export.1", titled "Export", subtitled "Starting", and it is accepted
    Then the card of the "export.1" task goes away
    And the 2nd "export.1" task is delivered as a continued task, and the app sets its expiration handler and its progress, completed 0, total 100
    When 3 seconds later, the app leaves the foreground, and the card of the 2nd "export.1" task appears, titled "Export", subtitled "Starting"
    And 5 seconds later, the app sets the progress of the 2nd "export.1" task, completed 50, 5 seconds later completed 100, and completes it as a success
    Then the card of the 2nd "export.1" task says that it finished, and goes away 4 seconds later
    And 2 seconds later, the app is suspended, and nothing else happens for 1 minute
    And the oracle says that the trace conforms

  @run @conforms
  Scenario: On any scheduler: two cards
    When 4 seconds later, the app registers and submits a continued request for "export.1", titled "Export", subtitled "Starting"
    Then the "export.1" task is delivered as a continued task, and the app sets its expiration handler and its progress, completed 0, total 100
    When 1 second later, the app leaves the foreground
    And 9 seconds later, the app completes the "export.1" task as a failure
    And 1 second later, the app comes to the foreground
    And 1 second later, the app submits a continued request for "export.1", titled "Export", subtitled "Starting"
    And the app sets the expiration handler of the 2nd "export.1" task
    And the app sets the progress of the 2nd "export.1" task, completed 0, total 100
    And 3 seconds later, the app leaves the foreground
    And 5 seconds later, the app sets the progress of the 2nd "export.1" task, completed 50, 5 seconds later completed 100, and completes it as a success
    And 1 minute 6 seconds pass
    Then the oracle says that the trace conforms
