@rule:PRG-7 @os:26.0
Feature: PRG-7 Prompt may appear
  Where progress is slower than expected the system may ask the person whether to go on (seen at
  five minutes); the app is told neither of the question nor of the answer. Stop expires the task
  (UIX-3). A question that nobody has answered, told as ignored or not, may or may not lead to
  expiry: no source says.

  Background:
    Given an iPhone with iOS 26.0, calm
    And the app "com.example.app" permits "export.*", with the background modes "processing"
    When the person opens the app, which registers nothing while it launches
    And 4 seconds later, the app starts a continued task for "export.1", at 0 of 100, titled "Export", subtitled "Starting"
    And 1 second later, the app leaves the foreground, and the card of the "export.1" task appears, titled "Export", subtitled "Starting"
    And 20 seconds later, the app sets the progress of the "export.1" task, completed 10
    And 20 seconds later, the app sets the progress of the "export.1" task, completed 20
    Then 1 second later, the card of the "export.1" task asks whether to go on
    When 4 seconds later, the person leaves the prompt of the "export.1" task unanswered

  @trace @conforms
  Scenario: Unanswered, it goes on
    When 5 seconds later, the app sets the progress of the "export.1" task, completed 50, 5 seconds later completed 100, and completes it as a success
    Then the card of the "export.1" task says that it finished, and goes away 4 seconds later
    And 2 seconds later, the app is suspended, and nothing else happens for 1 minute
    And the oracle says that the trace conforms

  @trace @conforms
  Scenario: Unanswered, it expires
    Then 9 seconds later, the "export.1" task is expired, the app completes it as a failure, and its card says that it failed
    And 2 seconds later, the app is suspended, and nothing else happens for 1 minute
    And the oracle says that the trace conforms
