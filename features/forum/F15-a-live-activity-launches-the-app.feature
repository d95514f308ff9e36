@case:F15 @os:18.2
# Asked: A Live Activity launched my app: is that a task?
Feature: F15 A Live Activity launches the app
  A forum question: a Live Activity callback launches the app. A launch in the background for
  another reason delivers no task, and the process may be suspended at any time.

  Background:
    Given an iPhone with iOS 18.2
    And the app "com.example.runner" permits "refresh", with the background modes "fetch"
    And the trace is retold from a report
    When the app is started in the background for another reason, and registers "refresh" while it launches

  @trace @rule:LIF-14 @conforms
  Scenario: Launched for another reason, suspended
    No request, no task; the process may be suspended when the system likes.

    Then 4 seconds later, the app is suspended, and nothing else happens for 10 minutes
    And the oracle says that the trace conforms

  @trace @rule:LAU-9 @scheduler
  Scenario: Nothing was submitted, and a task is delivered
    Then 2 seconds later, the "refresh" task is delivered as a processing task, and the app sets its expiration handler
    When 2 seconds later, the app completes the "refresh" task as a success, and is suspended
    Then nothing else happens for 1 minute
    And the oracle blames the scheduler under LAU-9

  @run @conforms
  Scenario: On any scheduler: launched for another reason, suspended
    Then nothing is delivered
    When 10 minutes 4 seconds pass
    Then the oracle says that the trace conforms
