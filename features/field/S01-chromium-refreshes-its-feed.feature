@case:S01 @os:18.5
# Asked: How does a browser refresh its feed?
Feature: S01 Chromium refreshes its feed
  Chromium iOS: the feed refresh is submitted whenever the app leaves the foreground, and again as
  the first thing in each task.

  Background:
    Given an iPhone with iOS 18.5
    And the app "com.example.chromium" permits "refresh", with the background modes "fetch"
    And the trace is rebuilt from an app's source
    When the person opens the app, which registers "refresh" while it launches
    And 1 minute 34 seconds later, the app leaves the foreground
    And the app submits a refresh request for "refresh", earliest in 4 hours, and it is accepted
    And 7 seconds later, the device is now idle and locked
    Then the app is suspended
    When 2 hours 9 minutes 19 seconds later, memory runs short and the app is killed
    Then 3 hours 15 minutes later, the app is launched in the background, for "refresh", and registers "refresh" while it launches
    And the "refresh" task is delivered as a refresh task, and the app sets its expiration handler and submits a refresh request for "refresh", earliest in 4 hours, and it is accepted
    When the app begins the work of "refresh"

  @trace @conforms
  Scenario: The work ends in time
    Submitted on leaving the foreground, run after its floor, submitted again first thing,
    completed as a success.

    When 7 seconds later, the app ends the work of "refresh" and completes its task as a success, and is suspended
    Then nothing else happens for 3 hours 33 minutes 53 seconds
    And the oracle says that the trace conforms

  @trace @rule:EXP-4 @conforms
  Scenario: The time runs out
    Half a minute is over; the handler cancels the fetch and completes the task as a failure.

    Then 30 seconds later, the "refresh" task is expired, and the app ends its work and completes it as a failure
    And the app is suspended, and nothing else happens for 3 hours 33 minutes 30 seconds
    And the oracle says that the trace conforms
