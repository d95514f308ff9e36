@case:S21 @os:26.4
# Asked: Submit the next request first: does it hold?
Feature: S21 PodHaven submits the next request first
  It sets the handler, submits the next, does the work and completes once.

  Background:
    Given an iPhone with iOS 26.4
    And the app "com.example.podhaven" permits "feedrefresh", with the background modes "fetch"
    And the trace is rebuilt from an app's source
    When the person opens the app, which registers "feedrefresh" while it launches
    And the app submits a refresh request for "feedrefresh", earliest in 30 minutes, and it is accepted

  @trace @sequence @rule:PEN-2 @rule:SUB-8 @conforms
  Scenario: Submits first
    PodHaven: the handler is set, then the next request is submitted, then the work begins. Twice
    delivered, each time with the next request submitted from the handler before the work; the running
    task does not count.

    When the app asks for the pending requests, and it gets these requests:
      | identifier    | kind    | earliest      |
      | "feedrefresh" | refresh | in 30 minutes |
    And 1 minute 5 seconds later, the app leaves the foreground
    And 5 seconds later, the device is now idle and locked
    Then 4 seconds later, the app is suspended
    And 45 minutes 46 seconds later, the "feedrefresh" task is delivered as a refresh task, and the app sets its expiration handler
    When the app submits a refresh request for "feedrefresh", earliest in 30 minutes, and it is accepted
    And the app asks for the pending requests, and it gets these requests:
      | identifier    | kind    | earliest      |
      | "feedrefresh" | refresh | in 30 minutes |
    And the app begins the work of "feedrefresh"
    And 11 seconds later, the app ends the work of "feedrefresh" and completes its task as a success, and is suspended
    Then 47 minutes 49 seconds later, the 2nd "feedrefresh" task is delivered as a refresh task, and the app sets its expiration handler
    When the app submits a refresh request for "feedrefresh", earliest in 30 minutes, and it is accepted
    And the app asks for the pending requests, and it gets these requests:
      | identifier    | kind    | earliest      |
      | "feedrefresh" | refresh | in 30 minutes |
    And the app begins the work of "feedrefresh"
    And 8 seconds later, the app ends the work of "feedrefresh"
    And the app completes the 2nd "feedrefresh" task as a success, and is suspended
    Then nothing else happens for 24 minutes 52 seconds
    And the oracle says that the trace conforms
    And otherwise the oracle would blame the scheduler under SUB-8

  @run @sequence @conforms
  Scenario: On any scheduler: submits first
    When the app asks for the pending requests
    And 1 minute 5 seconds later, the app leaves the foreground
    And 5 seconds later, the device is now idle and locked
    And 45 minutes 50 seconds later, the runner grants a launch of "feedrefresh"
    Then the "feedrefresh" task is delivered as a refresh task, and the app sets its expiration handler and submits a refresh request for "feedrefresh", earliest in 30 minutes
    When the app asks for the pending requests
    And the app begins the work of "feedrefresh"
    And 11 seconds later, the app ends the work of "feedrefresh" and completes its task as a success
    And 47 minutes 49 seconds later, the runner grants a launch of "feedrefresh"
    And the app sets the expiration handler of the 2nd "feedrefresh" task
    And the app submits a refresh request for "feedrefresh", earliest in 30 minutes
    And the app asks for the pending requests
    And the app begins the work of "feedrefresh"
    And 8 seconds later, the app ends the work of "feedrefresh"
    And the app completes the 2nd "feedrefresh" task as a success
    And 24 minutes 52 seconds pass
    Then the oracle says that the trace conforms
