@case:G11 @rule:LIF-10 @os:18.5
# Asked: May I submit at every launch?
Feature: G11 Submitting at every launch moves the date
  Each submission replaces the one before, with its date.

  Background:
    Given an iPhone with iOS 18.5
    And the app "com.example.guide" permits "sync", with the background modes "fetch" and "processing"
    When the person opens the app, which registers "sync" while it launches
    And the app submits a refresh request for "sync", earliest in 15 minutes, and it is accepted

  @trace @sequence @rule:SUB-4 @conforms
  Scenario: Submitted at each visit
    Each visit replaces the request; the list holds one, with the last floor.

    When 59 seconds later, the person puts the device away, idle and locked, and 2 seconds later the app is suspended
    And 8 minutes 50 seconds later, the device is now in use and unlocked
    And 1 second later, the app comes to the foreground
    And the app submits a refresh request for "sync", earliest in 15 minutes, and it is accepted
    And 40 seconds later, the person puts the device away, idle and locked, and 2 seconds later the app is suspended
    And 9 minutes 10 seconds later, the device is now in use and unlocked
    And 1 second later, the app comes to the foreground
    And the app submits a refresh request for "sync", earliest in 15 minutes, and it is accepted
    And 40 seconds later, the person puts the device away, idle and locked, and 2 seconds later the app is suspended
    And 9 minutes 9 seconds later, the device is now in use and unlocked
    And 1 second later, the app comes to the foreground
    And the app asks for the pending requests, and it gets these requests:
      | identifier | kind    | earliest     |
      | "sync"     | refresh | in 5 minutes |
    And 20 seconds later, the app leaves the foreground
    Then nothing else happens for 1 minute
    And the oracle says that the trace conforms
    And otherwise the oracle would blame the scheduler under SUB-4
    And the oracle advises LIF-10
    And the oracle advises LIF-10

  @run @sequence @conforms
  Scenario: On any scheduler: submitted at each visit
    When 59 seconds later, the person puts the device away, idle and locked
    And 8 minutes 52 seconds later, the device is now in use and unlocked
    And 1 second later, the app comes to the foreground
    And the app submits a refresh request for "sync", earliest in 15 minutes
    And 40 seconds later, the person puts the device away, idle and locked
    And 9 minutes 12 seconds later, the device is now in use and unlocked
    And 1 second later, the app comes to the foreground
    And the app submits a refresh request for "sync", earliest in 15 minutes
    Then it is accepted
    When 40 seconds later, the person puts the device away, idle and locked
    And 9 minutes 11 seconds later, the device is now in use and unlocked
    And 1 second later, the app comes to the foreground
    And the app asks for the pending requests
    And 20 seconds later, the app leaves the foreground
    And 1 minute passes
    Then nothing is delivered
    And the oracle says that the trace conforms
    And the oracle advises LIF-10
    And the oracle advises LIF-10
