@rule:PRG-9 @os:26.0
Feature: PRG-9 Lock does not stop
  A lock of the device alone neither suspends nor expires a continued task. One thread reports a pause
  and then failure: allowed where the setting says "yes" or "either".

  Background:
    Given an iPhone with iOS 26.0, calm
    And the app "com.example.app" permits "export.*", with the background modes "processing"
    When the person opens the app, which registers nothing while it launches

  @trace @conforms
  Scenario: The lock changes nothing
    When 4 seconds later, the app starts a continued task for "export.1", at 0 of 100, titled "Export", subtitled "Starting"
    And 1 second later, the app leaves the foreground, and the card of the "export.1" task appears, titled "Export", subtitled "Starting"
    And 1 second later, the device is now idle and locked
    And 6 seconds later, the app sets the progress of the "export.1" task, completed 50, 5 seconds later completed 100, and completes it as a success
    Then the card of the "export.1" task says that it finished, and goes away 4 seconds later
    And 2 seconds later, the app is suspended, and nothing else happens for 1 minute
    And the oracle says that the trace conforms

  @trace @conforms @scheduler
  Scenario: Expired because of the lock
    One thread reports that.

    When 4 seconds later, the app starts a continued task for "export.1", at 0 of 100, titled "Export", subtitled "Starting"
    And 1 second later, the app leaves the foreground, and the card of the "export.1" task appears, titled "Export", subtitled "Starting"
    And 1 second later, the device is now idle and locked
    Then 1 second later, the "export.1" task is expired, the app completes it as a failure, and its card says that it failed
    And 2 seconds later, the app is suspended, and nothing else happens for 1 minute
    And the oracle says that the trace conforms
    And with lock_pauses = "no", the oracle blames the scheduler under PRG-9

  @run @conforms
  Scenario: On any scheduler: the lock changes nothing
    When 4 seconds later, the app registers and submits a continued request for "export.1", titled "Export", subtitled "Starting"
    Then the "export.1" task is delivered as a continued task, and the app sets its expiration handler and its progress, completed 0, total 100
    When 1 second later, the app leaves the foreground
    And 1 second later, the device is now idle and locked
    And 6 seconds later, the app sets the progress of the "export.1" task, completed 50, 5 seconds later completed 100, and completes it as a success
    And 1 minute 6 seconds pass
    Then the oracle says that the trace conforms
