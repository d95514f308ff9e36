@case:F12 @os:26.0
# Asked: My work pauses when the device is locked
Feature: F12 The work pauses when the device is locked
  A forum report. A continued task makes progress each second until the device is locked. Whether
  the lock may suspend the process differs between what is documented and what was seen.

  Background:
    Given an iPhone with iOS 26.0
    And the app "com.example.encoder" permits "encode.*"
    And the trace is retold from a report

  @trace @rule:PRG-2 @rule:PRG-9 @conforms @scheduler
  Scenario: Suspended while locked
    One unit a second, then the lock: the process is suspended with its task, which then expires
    for lack of progress.

    When the person opens the app, which registers nothing while it launches
    And 10 seconds later, the app starts a continued task for "encode.1", at 0 of 300, titled "Encoding", subtitled "Film", and begins its work
    And the app leaves the foreground, and the card of the "encode.1" task appears, titled "Encoding", subtitled "Film"
    And every 1 second, 6 times, the app sets the progress of the "encode.1" task, completed 1 and 1 more each time
    And the device is now idle and locked
    Then the app is suspended
    And 4 minutes later, the "encode.1" task is expired, the app ends its work and completes it as a failure, and its card says that it failed
    And nothing else happens for 1 minute
    And the oracle says that the trace conforms
    And with lock_pauses = "no", the oracle blames the scheduler under PRG-9

  @trace @conforms
  Scenario: The lock changes nothing
    When the person opens the app, which registers nothing while it launches
    And 10 seconds later, the app starts a continued task for "encode.1", at 0 of 300, titled "Encoding", subtitled "Film", and begins its work
    And the app leaves the foreground, and the card of the "encode.1" task appears, titled "Encoding", subtitled "Film"
    And every 1 second, 6 times, the app sets the progress of the "encode.1" task, completed 1 and 1 more each time
    And the device is now idle and locked
    And every 10 seconds, 10 times, the app sets the progress of the "encode.1" task, completed 30 and 30 more each time
    And the app ends the work of "encode.1" and completes its task as a success
    Then the card of the "encode.1" task says that it finished, and goes away 4 seconds later
    And 2 seconds later, the app is suspended, and nothing else happens for 1 minute
    And the oracle says that the trace conforms

  @trace @rule:LIF-13 @scheduler
  Scenario: Suspended while unlocked
    The device is not locked, and a process with a running task is suspended.

    Given the device is unlocked
    When the person opens the app, which registers nothing while it launches
    And 10 seconds later, the app starts a continued task for "encode.1", at 0 of 300, titled "Encoding", subtitled "Film", and begins its work
    And the app leaves the foreground, and the card of the "encode.1" task appears, titled "Encoding", subtitled "Film"
    And every 1 second, 6 times, the app sets the progress of the "encode.1" task, completed 1 and 1 more each time
    Then the app is suspended
    And 4 minutes later, the "encode.1" task is expired, the app ends its work and completes it as a failure, and its card says that it failed
    And nothing else happens for 1 minute
    And the oracle blames the scheduler under LIF-13

  @run @conforms
  Scenario: On any scheduler: the lock changes nothing
    When the person opens the app, which registers nothing while it launches
    And 10 seconds later, the app registers and submits a continued request for "encode.1", titled "Encoding", subtitled "Film"
    Then the "encode.1" task is delivered as a continued task, and the app sets its expiration handler and its progress, completed 0, total 300
    When the app begins the work of "encode.1"
    And the app leaves the foreground
    And every 1 second, 6 times, the app sets the progress of the "encode.1" task, completed 1 and 1 more each time
    And the device is now idle and locked
    And every 10 seconds, 10 times, the app sets the progress of the "encode.1" task, completed 30 and 30 more each time
    And the app ends the work of "encode.1" and completes its task as a success
    And 1 minute 6 seconds pass
    Then the oracle says that the trace conforms
