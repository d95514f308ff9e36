@rule:CMP-2 @rule:CMP-3
Feature: CMP-2 First completion counts
  The first completion counts, the system's (EXP-5) included; a later one has no effect and does no
  harm.

  Background:
    Given the app "com.example.app"

  @trace @os:18.0 @conforms
  Scenario: The second completion changes nothing
    Given an iPhone with iOS 18.0
    And it permits "sync"
    And its background modes: "fetch" and "processing"
    When the person opens the app
    And the app registers a handler for "sync", and it returns true
    And the app finishes launching
    And the app submits a refresh request for "sync", and it is accepted
    And 1 minute later, the app leaves the foreground
    And 8 seconds later, the device is now idle and locked
    Then 2 seconds later, the app is suspended
    And 58 minutes 50 seconds later, the "sync" task is delivered as a refresh task
    When the app sets the expiration handler of the "sync" task
    And the app submits a refresh request for "sync", earliest in 2 hours, and it is accepted
    And 4 seconds later, the app completes the "sync" task as a success
    And the app completes the "sync" task as a success
    Then the app is suspended
    And nothing else happens for 1 minute
    And the oracle says that the trace conforms
    And otherwise the oracle would blame the scheduler under CMP-2
    And the oracle advises CMP-3

  @trace @os:26.0 @scheduler
  Scenario: The second completion overrides the first
    Given an iPhone with iOS 26.0
    And it permits "export.*"
    And its background modes: "processing"
    When the person opens the app
    And the app finishes launching
    And 4 seconds later, the app registers a handler for "export.1", and it returns true
    And the app submits a continued request for "export.1", titled "Export", subtitled "Starting", and it is accepted
    Then the "export.1" task is delivered as a continued task
    When the app sets the expiration handler of the "export.1" task
    And the app sets the progress of the "export.1" task, completed 0, total 100
    And 1 second later, the app leaves the foreground
    Then the card of the "export.1" task appears, titled "Export", subtitled "Starting"
    When 5 seconds later, the app sets the progress of the "export.1" task, completed 50
    And 5 seconds later, the app sets the progress of the "export.1" task, completed 100
    And the app completes the "export.1" task as a success
    And the app completes the "export.1" task as a failure
    Then the card of the "export.1" task says that it failed
    And 2 seconds later, the app is suspended
    And nothing else happens for 2 minutes
    And the oracle blames the scheduler under CMP-2
    And the oracle advises CMP-3

  @run @os:18.0 @conforms
  Scenario: On any scheduler: the second completion changes nothing
    Given an iPhone with iOS 18.0
    And it permits "sync"
    And its background modes: "fetch" and "processing"
    When the person opens the app
    And the app registers a handler for "sync"
    And the app finishes launching
    And the app submits a refresh request for "sync"
    And 1 minute later, the app leaves the foreground
    And 8 seconds later, the device is now idle and locked
    And 58 minutes 52 seconds later, the runner grants a launch of "sync"
    Then the "sync" task is delivered as a refresh task
    When the app sets the expiration handler of the "sync" task
    And the app submits a refresh request for "sync", earliest in 2 hours
    And 4 seconds later, the app completes the "sync" task as a success
    And the app completes the "sync" task as a success
    And 1 minute passes
    Then the oracle says that the trace conforms
    And the oracle advises CMP-3
