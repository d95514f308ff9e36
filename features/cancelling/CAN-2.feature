@rule:CAN-2
Feature: CAN-2 Cancel all removes every
  Cancelling all removes every outstanding request of the app, of every kind and of its extensions.

  @trace @os:18.0 @conforms
  Scenario: Nothing is left
    Given an iPhone with iOS 18.0
    And the app "com.example.app" permits "sync" and "clean", with the background modes "fetch" and "processing"
    When the person opens the app, which registers "sync" and "clean" while it launches
    And 1 second later, the app submits a refresh request for "sync", and it is accepted
    And the app submits a processing request for "clean", and it is accepted
    And the app cancels every request
    And the app asks for the pending requests, and it gets nothing
    Then nothing else happens for 1 second
    And the oracle says that the trace conforms
    And otherwise the oracle would blame the scheduler under CAN-2

  @trace @os:18.0 @scheduler
  Scenario: The processing request is left
    Given an iPhone with iOS 18.0
    And the app "com.example.app" permits "sync" and "clean", with the background modes "fetch" and "processing"
    When the person opens the app, which registers "sync" and "clean" while it launches
    And 1 second later, the app submits a refresh request for "sync", and it is accepted
    And the app submits a processing request for "clean", and it is accepted
    And the app cancels every request
    And the app asks for the pending requests, and it gets these requests:
      | identifier | kind       |
      | "clean"    | processing |
    Then nothing else happens for 1 second
    And the oracle blames the scheduler under CAN-2

  @run @os:18.0 @conforms
  Scenario: On any scheduler: nothing is left
    Given an iPhone with iOS 18.0
    And the app "com.example.app" permits "sync" and "clean", with the background modes "fetch" and "processing"
    When the person opens the app, which registers "sync" and "clean" while it launches
    And 1 second later, the app submits a refresh request for "sync"
    And the app submits a processing request for "clean"
    And the app cancels every request
    And the app asks for the pending requests
    Then it gets nothing
    When 1 second passes
    Then the oracle says that the trace conforms

  @run @os:26.0 @conforms
  Scenario: Everything is cancelled while a continued request waits
    Given an iPhone with iOS 26.0
    And the app "com.example.app" permits "export.*", with the background modes "fetch" and "processing"
    And the implementation declares continued_capacity = "2"
    When the person opens the app, which registers nothing while it launches
    And the app starts a continued task for "export.1", at 0 of 100, titled "Export", subtitled "Starting"
    And the app starts a continued task for "export.2", at 0 of 100, titled "Export", subtitled "Starting"
    And the app registers and submits a continued request for "export.3", titled "Export", subtitled "Starting"
    And the app cancels every request
    And the app completes the "export.1" task as a failure
    And every 20 seconds, 4 times, the app sets the progress of the "export.2" task, completed 25 and 25 more each time
    Then nothing is delivered
    And the oracle says that the trace conforms
