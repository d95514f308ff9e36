@case:G12 @os:18.5
# Asked: How do I know what is pending?
Feature: G12 Ask for the pending list before submitting
  The list holds what was accepted.

  Background:
    Given an iPhone with iOS 18.5
    And the app "com.example.guide" permits "sync", with the background modes "fetch" and "processing"
    When the person opens the app, which registers "sync" while it launches
    And the app submits a refresh request for "sync", earliest in 15 minutes, and it is accepted

  @trace @rule:PEN-1 @conforms
  Scenario: Asked first
    The list shows the request, so nothing is submitted and the floor stays.

    When 59 seconds later, the person puts the device away, idle and locked, and 2 seconds later the app is suspended
    And 8 minutes 50 seconds later, the device is now in use and unlocked
    And 1 second later, the app comes to the foreground
    And the app asks for the pending requests, and it gets these requests:
      | identifier | kind    | earliest     |
      | "sync"     | refresh | in 5 minutes |
    And 40 seconds later, the person puts the device away, idle and locked, and 2 seconds later the app is suspended
    Then 49 minutes 10 seconds later, the "sync" task is delivered as a refresh task, and the app sets its expiration handler and submits a refresh request for "sync", earliest in 2 hours, and it is accepted
    When 4 seconds later, the app completes the "sync" task as a success, and is suspended
    Then nothing else happens for 1 minute
    And the oracle says that the trace conforms
    And otherwise the oracle would blame the scheduler under PEN-1

  @trace @rule:PEN-1 @scheduler
  Scenario: The request is pending, and the list is empty
    When 59 seconds later, the person puts the device away, idle and locked, and 2 seconds later the app is suspended
    And 8 minutes 50 seconds later, the device is now in use and unlocked
    And 1 second later, the app comes to the foreground
    And the app asks for the pending requests, and it gets nothing
    And 40 seconds later, the person puts the device away, idle and locked, and 2 seconds later the app is suspended
    Then nothing else happens for 1 minute
    And the oracle blames the scheduler under PEN-1

  @run @conforms
  Scenario: On any scheduler: asked first
    When 59 seconds later, the person puts the device away, idle and locked
    And 8 minutes 52 seconds later, the device is now in use and unlocked
    And 1 second later, the app comes to the foreground
    And the app asks for the pending requests
    Then it gets these requests:
      | identifier | kind    | earliest     |
      | "sync"     | refresh | in 5 minutes |
    When 40 seconds later, the person puts the device away, idle and locked
    And 49 minutes 12 seconds later, the runner grants a launch of "sync"
    And the app sets the expiration handler of the "sync" task
    And the app submits a refresh request for "sync", earliest in 2 hours
    And 4 seconds later, the app completes the "sync" task as a success
    And 1 minute passes
    Then the oracle says that the trace conforms
