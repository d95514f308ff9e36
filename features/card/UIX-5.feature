@rule:UIX-5 @os:26.0
Feature: UIX-5 Failed card may stay
  After failure, expiry or the app's death a failed card may stay until the person clears it; no call
  of the app clears it.

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
  Scenario: The failed card stays
    When the app submits a continued request for "export.1", titled "Export", subtitled "Starting", and it is accepted
    Then the "export.1" task is delivered as a continued task
    When the app sets the expiration handler of the "export.1" task
    And the app sets the progress of the "export.1" task, completed 0, total 100
    And 1 second later, the app leaves the foreground
    Then the card of the "export.1" task appears, titled "Export", subtitled "Starting"
    When 9 seconds later, the app completes the "export.1" task as a failure
    Then the card of the "export.1" task says that it failed
    And 2 seconds later, the app is suspended
    And nothing else happens for 59 minutes 44 seconds
    And the oracle says that the trace conforms

  @trace @conforms
  Scenario: The failed card goes
    When the app submits a continued request for "export.1", titled "Export", subtitled "Starting", and it is accepted
    Then the "export.1" task is delivered as a continued task
    When the app sets the expiration handler of the "export.1" task
    And the app sets the progress of the "export.1" task, completed 0, total 100
    And 1 second later, the app leaves the foreground
    Then the card of the "export.1" task appears, titled "Export", subtitled "Starting"
    When 9 seconds later, the app completes the "export.1" task as a failure
    Then the card of the "export.1" task says that it failed
    And 9 seconds later, the card of the "export.1" task goes away
    And 2 seconds later, the app is suspended
    And nothing else happens for 1 minute
    And the oracle says that the trace conforms

  @run @conforms
  Scenario Outline: A failed card over an hour: <case>
    When the app submits a continued request for "export.1", titled "Export", subtitled "Starting"
    Then it is accepted, or it is refused with tooManyPendingTaskRequests
    When the app sets the expiration handler of the "export.1" task
    And the app sets the progress of the "export.1" task, completed 0, total 100
    And 1 second later, the app leaves the foreground
    And 9 seconds later, the app completes the "export.1" task as a failure
    And <what happens>
    Then the oracle says that the trace conforms

    Examples:
      | case                                    | what happens               |
      | On any scheduler: the failed card stays | 59 minutes 46 seconds pass |
      | On any scheduler: the failed card goes  | 1 minute 11 seconds pass   |
