@rule:UIX-5 @os:26.0
Feature: UIX-5 Failed card may stay
  After failure, expiry or the app's death a failed card may stay until the person clears it; no call
  of the app clears it.

  Background:
    Given an iPhone with iOS 26.0, calm
    And the app "com.example.app" permits "export.*", with the background modes "processing"
    When the person opens the app, which registers nothing while it launches

  @trace @conforms
  Scenario: The failed card stays
    When 4 seconds later, the app starts a continued task for "export.1", at 0 of 100, titled "Export", subtitled "Starting"
    And 1 second later, the app leaves the foreground, and the card of the "export.1" task appears, titled "Export", subtitled "Starting"
    And 9 seconds later, the app completes the "export.1" task as a failure, and its card says that it failed
    Then 2 seconds later, the app is suspended, and nothing else happens for 59 minutes 44 seconds
    And the oracle says that the trace conforms

  @trace @conforms
  Scenario: The failed card goes
    When 4 seconds later, the app starts a continued task for "export.1", at 0 of 100, titled "Export", subtitled "Starting"
    And 1 second later, the app leaves the foreground, and the card of the "export.1" task appears, titled "Export", subtitled "Starting"
    And 9 seconds later, the app completes the "export.1" task as a failure, and its card says that it failed
    Then 9 seconds later, the card of the "export.1" task goes away
    And 2 seconds later, the app is suspended, and nothing else happens for 1 minute
    And the oracle says that the trace conforms

  @run @conforms
  Scenario Outline: On any scheduler: a failed card over an hour: <case>
    When 4 seconds later, the app registers and submits a continued request for "export.1", titled "Export", subtitled "Starting"
    Then it is accepted, or it is refused with tooManyPendingTaskRequests
    When the app sets the expiration handler of the "export.1" task
    And the app sets the progress of the "export.1" task, completed 0, total 100
    And 1 second later, the app leaves the foreground
    And 9 seconds later, the app completes the "export.1" task as a failure
    And <what happens>
    Then the oracle says that the trace conforms

    Examples:
      | case     | what happens               |
      | It stays | 59 minutes 46 seconds pass |
      | It goes  | 1 minute 11 seconds pass   |
