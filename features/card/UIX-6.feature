@rule:UIX-6 @os:26.0
Feature: UIX-6 Second card on retry
  Submitting a failed identifier again shows a second card beside the failed one (reported), or
  replaces it (what its reporter expected).

  Background:
    Given an iPhone with iOS 26.0
    And the device is calm
    And the app "com.example.app"
    And it permits "export.*"
    And its background modes: "processing"
    When the person opens the app
    And the app finishes launching
    And 4 seconds later, the app registers a handler for "export.1", and it returns true

  @trace @conforms @scheduler
  Scenario: Two cards
    When the app submits a continued request for "export.1", titled "Export", subtitled "Starting", and it is accepted
    Then the "export.1" task is delivered as a continued task
    When the app sets the expiration handler of the "export.1" task
    And the app sets the progress of the "export.1" task, completed 0, total 100
    And 1 second later, the app leaves the foreground
    Then the card of the "export.1" task appears, titled "Export", subtitled "Starting"
    When 9 seconds later, the app completes the "export.1" task as a failure
    Then the card of the "export.1" task says that it failed
    When 1 second later, the app comes to the foreground
    And 1 second later, the app submits a continued request for "export.1", titled "Export", subtitled "Starting", and it is accepted
    Then the 2nd "export.1" task is delivered as a continued task
    When the app sets the expiration handler of the 2nd "export.1" task
    And the app sets the progress of the 2nd "export.1" task, completed 0, total 100
    And 3 seconds later, the app leaves the foreground
    Then the card of the 2nd "export.1" task appears, titled "Export", subtitled "Starting"
    When 5 seconds later, the app sets the progress of the 2nd "export.1" task, completed 50
    And 5 seconds later, the app sets the progress of the 2nd "export.1" task, completed 100
    And the app completes the 2nd "export.1" task as a success
    Then the card of the 2nd "export.1" task says that it finished
    And 4 seconds later, the card of the 2nd "export.1" task goes away
    And 2 seconds later, the app is suspended
    And nothing else happens for 1 minute
    And the oracle says that the trace conforms
    And with failed_card_replaced_on_retry = "yes", the oracle blames the scheduler under UIX-6

  @trace @conforms
  Scenario: One card
    When the app submits a continued request for "export.1", titled "Export", subtitled "Starting", and it is accepted
    Then the "export.1" task is delivered as a continued task
    When the app sets the expiration handler of the "export.1" task
    And the app sets the progress of the "export.1" task, completed 0, total 100
    And 1 second later, the app leaves the foreground
    Then the card of the "export.1" task appears, titled "Export", subtitled "Starting"
    When 9 seconds later, the app completes the "export.1" task as a failure
    Then the card of the "export.1" task says that it failed
    When 1 second later, the app comes to the foreground
    And 1 second later, the app submits a continued request for "export.1", titled "Export", subtitled "Starting", and it is accepted
    Then the card of the "export.1" task goes away
    And the 2nd "export.1" task is delivered as a continued task
    When the app sets the expiration handler of the 2nd "export.1" task
    And the app sets the progress of the 2nd "export.1" task, completed 0, total 100
    And 3 seconds later, the app leaves the foreground
    Then the card of the 2nd "export.1" task appears, titled "Export", subtitled "Starting"
    When 5 seconds later, the app sets the progress of the 2nd "export.1" task, completed 50
    And 5 seconds later, the app sets the progress of the 2nd "export.1" task, completed 100
    And the app completes the 2nd "export.1" task as a success
    Then the card of the 2nd "export.1" task says that it finished
    And 4 seconds later, the card of the 2nd "export.1" task goes away
    And 2 seconds later, the app is suspended
    And nothing else happens for 1 minute
    And the oracle says that the trace conforms

  @run @conforms
  Scenario: On any scheduler: two cards
    When the app submits a continued request for "export.1", titled "Export", subtitled "Starting"
    Then the "export.1" task is delivered as a continued task
    When the app sets the expiration handler of the "export.1" task
    And the app sets the progress of the "export.1" task, completed 0, total 100
    And 1 second later, the app leaves the foreground
    And 9 seconds later, the app completes the "export.1" task as a failure
    And 1 second later, the app comes to the foreground
    And 1 second later, the app submits a continued request for "export.1", titled "Export", subtitled "Starting"
    And the app sets the expiration handler of the 2nd "export.1" task
    And the app sets the progress of the 2nd "export.1" task, completed 0, total 100
    And 3 seconds later, the app leaves the foreground
    And 5 seconds later, the app sets the progress of the 2nd "export.1" task, completed 50
    And 5 seconds later, the app sets the progress of the 2nd "export.1" task, completed 100
    And the app completes the 2nd "export.1" task as a success
    And 1 minute 6 seconds pass
    Then the oracle says that the trace conforms
