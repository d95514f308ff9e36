@rule:CAN-4 @os:26.0
Feature: CAN-4 Cancel may expire continued
  A cancel or cancel-all that meets a running continued task may expire it or leave it alone: no
  source says. Where it expires the task, within "reaction_time".

  Background:
    Given an iPhone with iOS 26.0, calm
    And the app "com.example.app" permits "export.*", with the background modes "processing"
    When the person opens the app, which registers nothing while it launches

  @trace @conforms
  Scenario: The cancel expires the task
    When 4 seconds later, the app starts a continued task for "export.1", at 0 of 100, titled "Export", subtitled "Starting"
    And 1 second later, the app leaves the foreground, and the card of the "export.1" task appears, titled "Export", subtitled "Starting"
    And 1 second later, the app cancels "export.1"
    Then 1 second later, the "export.1" task is expired, the app completes it as a failure, and its card says that it failed
    And 2 seconds later, the app is suspended, and nothing else happens for 1 minute
    And the oracle says that the trace conforms

  @trace @conforms
  Scenario: The cancel leaves the task alone
    When 4 seconds later, the app starts a continued task for "export.1", at 0 of 100, titled "Export", subtitled "Starting"
    And 1 second later, the app leaves the foreground, and the card of the "export.1" task appears, titled "Export", subtitled "Starting"
    And 1 second later, the app cancels "export.1"
    And 5 seconds later, the app sets the progress of the "export.1" task, completed 50, 5 seconds later completed 100, and completes it as a success
    Then the card of the "export.1" task says that it finished, and goes away 4 seconds later
    And 2 seconds later, the app is suspended, and nothing else happens for 1 minute
    And the oracle says that the trace conforms

  @run @conforms
  Scenario: On any scheduler: the cancel expires the task
    When 4 seconds later, the app registers and submits a continued request for "export.1", titled "Export", subtitled "Starting"
    Then the "export.1" task is delivered as a continued task, and the app sets its expiration handler and its progress, completed 0, total 100
    When 1 second later, the app leaves the foreground
    And 1 second later, the app cancels "export.1"
    And 1 second later, the app completes the "export.1" task as a failure
    And 1 minute 2 seconds pass
    Then the oracle says that the trace conforms

  @run @conforms
  Scenario: On any scheduler: the cancel leaves the task alone
    When 4 seconds later, the app registers and submits a continued request for "export.1", titled "Export", subtitled "Starting"
    Then the "export.1" task is delivered as a continued task, and the app sets its expiration handler and its progress, completed 0, total 100
    When 1 second later, the app leaves the foreground
    And 1 second later, the app cancels "export.1"
    And 5 seconds later, the app sets the progress of the "export.1" task, completed 50, 5 seconds later completed 100, and completes it as a success
    And 1 minute 6 seconds pass
    Then the oracle says that the trace conforms
