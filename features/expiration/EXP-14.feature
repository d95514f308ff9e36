@rule:EXP-14 @os:18.0
Feature: EXP-14 Handler set first
  The expiration handler is set first thing in the launch handler, cancels the work, and leads to
  completion at once. (SwiftUI's `.backgroundTask` sets one by itself: no advice there.)

  Background:
    Given an iPhone with iOS 18.0
    And the app "com.example.app" permits "sync", with the background modes "fetch" and "processing"
    When the person opens the app, which registers "sync" while it launches
    And the app submits a refresh request for "sync", and it is accepted

  @trace @conforms
  Scenario: No expiration handler is set
    When 1 minute later, the person puts the device away, idle and locked, and 2 seconds later the app is suspended
    Then 58 minutes 50 seconds later, the "sync" task is delivered as a refresh task
    When the app submits a refresh request for "sync", earliest in 2 hours, and it is accepted
    And 9 seconds later, the app completes the "sync" task as a success, and is suspended
    Then nothing else happens for 1 minute
    And the oracle says that the trace conforms
    And the oracle advises EXP-14

  @run @conforms
  Scenario: On any scheduler: no expiration handler is set
    When 1 minute later, the person puts the device away, idle and locked
    And 58 minutes 52 seconds later, the runner grants a launch of "sync"
    Then the "sync" task is delivered as a refresh task
    When the app submits a refresh request for "sync", earliest in 2 hours
    Then it is accepted
    When 9 seconds later, the app completes the "sync" task as a success
    And 1 minute passes
    Then the oracle says that the trace conforms
    And the oracle advises EXP-14
