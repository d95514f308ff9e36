@rule:PRG-7 @os:26.0
Feature: PRG-7 Prompt may appear
  Where progress is slower than expected the system may ask the person whether to go on (seen at
  five minutes); the app is told neither of the question nor of the answer. Stop expires the task
  (UIX-3). A question that nobody has answered, told as ignored or not, may or may not lead to
  expiry: no source says.

  Background:
    Given an iPhone with iOS 26.0
    And the device is calm
    And the app "com.example.app"
    And it permits "export.*"
    And its background modes: "processing"
    When the person opens the app
    And the app finishes launching
    And 4 seconds later, the app registers a handler for "export.1", and it returns true

  @trace @conforms
  Scenario: Unanswered, it goes on
    When the app submits a continued request for "export.1", titled "Export", subtitled "Starting", and it is accepted
    Then the "export.1" task is delivered as a continued task
    When the app sets the expiration handler of the "export.1" task
    And the app sets the progress of the "export.1" task, completed 0, total 100
    And 1 second later, the app leaves the foreground
    Then the card of the "export.1" task appears, titled "Export", subtitled "Starting"
    When 20 seconds later, the app sets the progress of the "export.1" task, completed 10
    And 20 seconds later, the app sets the progress of the "export.1" task, completed 20
    Then 1 second later, the card of the "export.1" task asks whether to go on
    When 4 seconds later, the person leaves the prompt of the "export.1" task unanswered
    And 5 seconds later, the app sets the progress of the "export.1" task, completed 50
    And 5 seconds later, the app sets the progress of the "export.1" task, completed 100
    And the app completes the "export.1" task as a success
    Then the card of the "export.1" task says that it finished
    And 4 seconds later, the card of the "export.1" task goes away
    And 2 seconds later, the app is suspended
    And nothing else happens for 1 minute
    And the oracle says that the trace conforms

  @trace @conforms
  Scenario: Unanswered, it expires
    When the app submits a continued request for "export.1", titled "Export", subtitled "Starting", and it is accepted
    Then the "export.1" task is delivered as a continued task
    When the app sets the expiration handler of the "export.1" task
    And the app sets the progress of the "export.1" task, completed 0, total 100
    And 1 second later, the app leaves the foreground
    Then the card of the "export.1" task appears, titled "Export", subtitled "Starting"
    When 20 seconds later, the app sets the progress of the "export.1" task, completed 10
    And 20 seconds later, the app sets the progress of the "export.1" task, completed 20
    Then 1 second later, the card of the "export.1" task asks whether to go on
    When 4 seconds later, the person leaves the prompt of the "export.1" task unanswered
    Then 9 seconds later, the "export.1" task is expired
    When the app completes the "export.1" task as a failure
    Then the card of the "export.1" task says that it failed
    And 2 seconds later, the app is suspended
    And nothing else happens for 1 minute
    And the oracle says that the trace conforms
