@case:W3 @os:26.0
# Asked: What if the app comes back to the foreground?
Feature: W3 Back to the foreground
  A task that runs goes on when the person comes back.

  Background:
    Given an iPhone with iOS 26.0
    And the app "com.example.guide" permits "export.*"
    When the person opens the app, which registers nothing while it launches

  @trace @rule:LIF-12 @rule:LIF-9 @conforms
  Scenario: The same task goes on when the app returns
    When 10 seconds later, the app starts a continued task for "export.1", at 0 of 100, titled "Exporting", subtitled "Film", and begins its work
    And 1 second later, the app leaves the foreground, and the card of the "export.1" task appears, titled "Exporting", subtitled "Film"
    And 5 seconds later, the app sets the progress of the "export.1" task, completed 10
    And 5 seconds later, the app sets the progress of the "export.1" task, completed 20
    And 1 second later, the app comes to the foreground
    Then 1 second later, the card of the "export.1" task goes away
    When 5 seconds later, the app sets the progress of the "export.1" task, completed 50
    And 5 seconds later, the app sets the progress of the "export.1" task, completed 100
    And the app ends the work of "export.1" and completes its task as a success
    Then nothing else happens for 1 minute
    And the oracle says that the trace conforms
    And otherwise the oracle would blame the scheduler under UIX-1

  @run @conforms
  Scenario: On any scheduler: the same task goes on when the app returns
    When 10 seconds later, the app registers and submits a continued request for "export.1", titled "Exporting", subtitled "Film"
    Then the "export.1" task is delivered as a continued task, and the app sets its expiration handler and its progress, completed 0, total 100
    When the app begins the work of "export.1"
    And 1 second later, the app leaves the foreground
    And 5 seconds later, the app sets the progress of the "export.1" task, completed 10
    And 5 seconds later, the app sets the progress of the "export.1" task, completed 20
    And 1 second later, the app comes to the foreground
    And 6 seconds later, the app sets the progress of the "export.1" task, completed 50
    And 5 seconds later, the app sets the progress of the "export.1" task, completed 100
    And the app ends the work of "export.1" and completes its task as a success
    And 1 minute passes
    Then the oracle says that the trace conforms
