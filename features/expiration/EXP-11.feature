@rule:EXP-11 @os:26.0
Feature: EXP-11 An expiration gives no reason
  Whatever ends a task, the same handler is called and says nothing of the reason.

  Background:
    Given an iPhone with iOS 26.0
    And the app "com.example.app" permits "export.*" and "sync", with the background modes "fetch" and "processing"

  @run @conforms
  Scenario: The person's Stop calls the handler
    When the person opens the app, which registers nothing while it launches
    And the app registers a handler for "export.1"
    And the app sets the progress of the "export.1" task, completed 0, total 100, as soon as the "export.1" task is delivered
    And the app sets the expiration handler of the "export.1" task as soon as it is delivered, and completes it as a failure as soon as it expires
    And the app submits a continued request for "export.1", titled "Export", subtitled "Starting"
    Then the "export.1" task is delivered as a continued task
    When the app leaves the foreground
    And every 20 seconds, 2 times, the app sets the progress of the "export.1" task, completed 10 and 10 more each time
    And the person stops the "export.1" task
    And every 20 seconds, 4 times, the app sets the progress of the "export.1" task, completed 30 and 10 more each time
    Then the "export.1" task is expired
    And the oracle says that the trace conforms

  @run @conforms
  Scenario: A refresh whose time is over is expired by the same call
    When the person opens the app, which registers "sync" while it launches
    And the app sets the expiration handler of the "sync" task as soon as it is delivered, and completes it as a failure as soon as it expires
    And the app submits a refresh request for "sync"
    And the app leaves the foreground
    And 1 hour later, the runner grants a launch of "sync", and 91 seconds pass
    Then the "sync" task is expired
    And the oracle says that the trace conforms
