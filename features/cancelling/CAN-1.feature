@rule:CAN-1
Feature: CAN-1 Cancel removes
  Cancelling an identifier removes its outstanding request, pending or waiting: it is no longer listed
  and never launched. An identifier without one is a no-op without an error.

  Background:
    Given the app "com.example.app"
    And its background modes: "fetch" and "processing"

  @trace @os:18.0 @conforms
  Scenario: No longer listed
    Given an iPhone with iOS 18.0
    And it permits "sync"
    When the person opens the app
    And the app registers a handler for "sync", and it returns true
    And the app finishes launching
    And the app submits a refresh request for "sync", and it is accepted
    And the app cancels "sync"
    And the app asks for the pending requests, and it gets nothing
    Then nothing else happens for 1 second
    And the oracle says that the trace conforms
    And otherwise the oracle would blame the scheduler under CAN-1

  @trace @os:18.0 @scheduler
  Scenario: Cancelled and still listed
    Given an iPhone with iOS 18.0
    And it permits "sync"
    When the person opens the app
    And the app registers a handler for "sync", and it returns true
    And the app finishes launching
    And the app submits a refresh request for "sync", and it is accepted
    And the app cancels "sync"
    And the app asks for the pending requests, and it gets these requests:
      | identifier | kind    |
      | "sync"     | refresh |
    Then nothing else happens for 1 second
    And the oracle blames the scheduler under CAN-1

  @run @os:18.0 @conforms
  Scenario: On any scheduler: no longer listed
    Given an iPhone with iOS 18.0
    And it permits "sync"
    When the person opens the app
    And the app registers a handler for "sync"
    And the app finishes launching
    And the app submits a refresh request for "sync"
    And the app cancels "sync"
    And the app asks for the pending requests
    Then it gets nothing
    When 1 second passes
    Then the oracle says that the trace conforms

  @run @os:18.0 @conforms
  Scenario: A grant after the cancel
    Given an iPhone with iOS 18.0
    And it permits "sync"
    When the person opens the app
    And the app registers a handler for "sync"
    And the app finishes launching
    And the app submits a refresh request for "sync"
    And the app cancels "sync"
    And the app asks for the pending requests
    Then it gets nothing
    When the app leaves the foreground
    And 1 hour later, the runner grants a launch of "sync"
    And 61 seconds pass
    Then nothing is delivered
    And the oracle says that the trace conforms

  @run @os:26.0 @conforms
  Scenario: A cancel of a continued request that waits
    Given an iPhone with iOS 26.0
    And it permits "export.*"
    And the implementation declares continued_capacity = "2"
    When the person opens the app
    And the app finishes launching
    And the app registers a handler for "export.1"
    And the app registers a handler for "export.2"
    And the app registers a handler for "export.3"
    And the app submits a continued request for "export.1", titled "Export", subtitled "Starting"
    And the app submits a continued request for "export.2", titled "Export", subtitled "Starting"
    And the app submits a continued request for "export.3", titled "Export", subtitled "Starting"
    And the app cancels "export.3"
    And the app sets the expiration handler of the "export.1" task
    And the app sets the expiration handler of the "export.2" task
    And the app sets the progress of the "export.1" task, completed 0, total 100
    And the app sets the progress of the "export.2" task, completed 0, total 100
    And the app completes the "export.1" task as a failure
    And the app completes the "export.2" task as a failure
    And 61 seconds pass
    Then nothing is delivered
    And the oracle says that the trace conforms
