@case:W2 @os:26.0
# Asked: What does a continued task show?
Feature: W2 Continued processing shows its progress
  The system shows a card for the running task, and the app reports progress for as long as it runs.

  Background:
    Given an iPhone with iOS 26.0
    And the app "com.example.guide" permits "export.*"
    When the person opens the app, which registers nothing while it launches

  @trace @rule:UIX-1 @conforms
  Scenario: A card and progress
    The card comes when the app leaves the foreground; progress keeps the task alive.

    When 10 seconds later, the app starts a continued task for "export.1", at 0 of 100, titled "Exporting", subtitled "Film", and begins its work
    And 1 second later, the app leaves the foreground, and the card of the "export.1" task appears, titled "Exporting", subtitled "Film"
    And 5 seconds later, the app sets the progress of the "export.1" task, completed 50
    And 5 seconds later, the app sets the progress of the "export.1" task, completed 100
    And the app ends the work of "export.1" and completes its task as a success
    Then the card of the "export.1" task says that it finished, and goes away 4 seconds later
    And 2 seconds later, the app is suspended, and nothing else happens for 1 minute
    And the oracle says that the trace conforms
    And otherwise the oracle would blame the scheduler under UIX-1

  @trace @rule:UIX-1 @scheduler
  Scenario: The app left the foreground, and no card appears
    When 10 seconds later, the app starts a continued task for "export.1", at 0 of 100, titled "Exporting", subtitled "Film", and begins its work
    And 1 second later, the app leaves the foreground
    And every 20 seconds, 4 times, the app sets the progress of the "export.1" task, completed 10 and 10 more each time
    And 5 seconds later, the app sets the progress of the "export.1" task, completed 50
    And 5 seconds later, the app sets the progress of the "export.1" task, completed 100
    And the app ends the work of "export.1" and completes its task as a success
    Then nothing else happens for 1 minute
    And the oracle blames the scheduler under UIX-1

  @trace @rule:PRG-1 @rule:PRG-8 @app
  Scenario: Forty-five seconds without progress
    When 10 seconds later, the app starts a continued task for "export.1", at 0 of 100, titled "Exporting", subtitled "Film", and begins its work
    And 1 second later, the app leaves the foreground, and the card of the "export.1" task appears, titled "Exporting", subtitled "Film"
    And 45 seconds later, the app sets the progress of the "export.1" task, completed 100
    And the app ends the work of "export.1" and completes its task as a success
    Then the card of the "export.1" task says that it finished, and goes away 4 seconds later
    And 2 seconds later, the app is suspended, and nothing else happens for 1 minute
    And the oracle blames the app under PRG-1

  @run @conforms
  Scenario: On any scheduler: a card and progress
    When 10 seconds later, the app registers and submits a continued request for "export.1", titled "Exporting", subtitled "Film"
    And the app sets the expiration handler of the "export.1" task
    And the app sets the progress of the "export.1" task, completed 0, total 100
    And the app begins the work of "export.1"
    And 1 second later, the app leaves the foreground, and the card of the "export.1" task appears, titled "Exporting", subtitled "Film"
    And 5 seconds later, the app sets the progress of the "export.1" task, completed 50
    And 5 seconds later, the app sets the progress of the "export.1" task, completed 100
    And the app ends the work of "export.1" and completes its task as a success
    And 1 minute 6 seconds pass
    Then the oracle says that the trace conforms
