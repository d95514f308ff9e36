@rule:CAN-1
Feature: CAN-1 Cancel removes
  Cancelling an identifier removes its outstanding request, pending or waiting: it is no longer listed
  and never launched. An identifier without one is a no-op without an error.

  @trace @os:18.0 @conforms
  Scenario: No longer listed
    Given an iPhone with iOS 18.0
    And the app "com.example.app" permits "sync", with the background modes "fetch" and "processing"
    When the person opens the app, which registers "sync" while it launches
    And the app submits a refresh request for "sync", and it is accepted
    And the app cancels "sync"
    And the app asks for the pending requests, and it gets nothing
    Then nothing else happens for 1 second
    And the oracle says that the trace conforms
    And otherwise the oracle would blame the scheduler under CAN-1

  @trace @os:18.0 @scheduler
  Scenario: Cancelled and still listed
    Given an iPhone with iOS 18.0
    And the app "com.example.app" permits "sync", with the background modes "fetch" and "processing"
    When the person opens the app, which registers "sync" while it launches
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
    And the app "com.example.app" permits "sync", with the background modes "fetch" and "processing"
    When the person opens the app, which registers "sync" while it launches
    And the app submits a refresh request for "sync"
    And the app cancels "sync"
    And the app asks for the pending requests
    Then it gets nothing
    When 1 second passes
    Then the oracle says that the trace conforms

  @run @os:18.0 @conforms
  Scenario: A grant after the cancel
    Given an iPhone with iOS 18.0
    And the app "com.example.app" permits "sync", with the background modes "fetch" and "processing"
    When the person opens the app, which registers "sync" while it launches
    And the app submits a refresh request for "sync"
    And the app cancels "sync"
    And the app asks for the pending requests
    Then it gets nothing
    When the app leaves the foreground
    And 1 hour later, the runner grants a launch of "sync", and 61 seconds pass
    Then nothing is delivered
    And the oracle says that the trace conforms

  @run @os:26.0 @conforms
  Scenario: A cancel of a continued request that waits
    Given an iPhone with iOS 26.0
    And the app "com.example.app" permits "export.*", with the background modes "fetch" and "processing"
    And the implementation declares continued_capacity = "2"
    When the person opens the app, which registers nothing while it launches
    And the app starts a continued task for "export.1", at 0 of 100, titled "Export", subtitled "Starting"
    And the app starts a continued task for "export.2", at 0 of 100, titled "Export", subtitled "Starting"
    And the app registers and submits a continued request for "export.3", titled "Export", subtitled "Starting"
    And the app cancels "export.3"
    And the app completes the "export.1" task as a failure
    And every 20 seconds, 4 times, the app sets the progress of the "export.2" task, completed 25 and 25 more each time
    Then nothing is delivered
    And the oracle says that the trace conforms
