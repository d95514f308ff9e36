@case:F09 @os:26.1
# Asked: Why was my task expired?
Feature: F09 An expiration gives no reason
  A forum request for a reason. The expiration handler is called without an argument: a stall, a
  stop by the person, pressure, the end of the time and the debugger all look the same.

  Background:
    Given an iPhone with iOS 26.1
    And the app "com.example.importer"
    And its background modes: "fetch"
    And the trace is retold from a report

  @trace @rule:EXP-11 @rule:UIX-3 @conforms
  Scenario: The person stops it, and the handler is called without a reason
    Given it permits "import.*"
    When the person opens the app, which registers nothing while it launches
    And 10 seconds later, the app starts a continued task for "import.1", at 0 of 100, titled "Importing", subtitled "Photos", and begins its work
    And the app leaves the foreground, and the card of the "import.1" task appears, titled "Importing", subtitled "Photos"
    And every 3 seconds, 3 times, the app sets the progress of the "import.1" task, completed 10 and 10 more each time
    And 1 second later, the person stops the "import.1" task
    Then 2 seconds later, the "import.1" task is expired, and the app ends its work and completes it as a failure
    And the card of the "import.1" task goes away
    And 2 seconds later, the app is suspended, and nothing else happens for 1 minute
    And the oracle says that the trace conforms
    And otherwise the oracle would blame the scheduler under UIX-3

  @trace @rule:EXP-11 @rule:PRG-1 @rule:PRG-2 @app
  Scenario: The task stalls, and the handler is called without a reason
    Given it permits "import.*"
    When the person opens the app, which registers nothing while it launches
    And 10 seconds later, the app starts a continued task for "import.1", at 0 of 100, titled "Importing", subtitled "Photos", and begins its work
    And the app leaves the foreground, and the card of the "import.1" task appears, titled "Importing", subtitled "Photos"
    And every 3 seconds, 3 times, the app sets the progress of the "import.1" task, completed 10 and 10 more each time
    Then 50 seconds later, the "import.1" task is expired, the app ends its work and completes it as a failure, and its card says that it failed
    And 2 seconds later, the app is suspended, and nothing else happens for 1 minute
    And the oracle blames the app under PRG-1

  @trace @rule:EXP-11 @rule:EXP-4 @conforms
  Scenario: The device is under pressure, and the handler is called without a reason
    Given it permits "import.*"
    When the person opens the app, which registers nothing while it launches
    And 10 seconds later, the app starts a continued task for "import.1", at 0 of 100, titled "Importing", subtitled "Photos", and begins its work
    And the app leaves the foreground, and the card of the "import.1" task appears, titled "Importing", subtitled "Photos"
    And every 3 seconds, 3 times, the app sets the progress of the "import.1" task, completed 10 and 10 more each time
    And the device is now under pressure
    Then 2 seconds later, the "import.1" task is expired, the app ends its work and completes it as a failure, and its card says that it failed
    And 2 seconds later, the app is suspended, and nothing else happens for 1 minute
    And the oracle says that the trace conforms

  @trace @rule:EXP-1 @rule:EXP-11 @conforms
  Scenario: The time of a refresh task is over, and the handler is called without a reason
    Given it permits "import"
    When the person opens the app, which registers "import" while it launches
    And the app submits a refresh request for "import", earliest in 15 minutes, and it is accepted
    And 1 minute later, the app leaves the foreground
    And 3 seconds later, the device is now idle and locked
    Then 2 seconds later, the app is suspended
    And 1 hour 59 minutes later, the "import" task is delivered as a refresh task, and the app sets its expiration handler and submits a refresh request for "import", earliest in 1 hour, and it is accepted
    When the app begins the work of "import"
    Then 29 seconds later, the "import" task is expired, and the app ends its work and completes it as a failure
    And the app is suspended, and nothing else happens for 1 minute
    And the oracle says that the trace conforms
    And otherwise the oracle would blame the scheduler under EXP-1

  @trace @rule:DBG-3 @rule:EXP-11 @conforms
  Scenario: An expiration is simulated, and the handler is called without a reason
    Given it permits "import"
    When the person opens the app, which registers "import" while it launches
    And the app submits a refresh request for "import", earliest in 15 minutes, and it is accepted
    And 5 seconds later, a debugger is attached
    And 1 second later, the debugger simulates a launch of "import"
    Then the "import" task is delivered as a refresh task, and the app sets its expiration handler and submits a refresh request for "import", earliest in 19 minutes 53 seconds, and it is accepted
    When the app begins the work of "import"
    And 3 seconds later, the debugger simulates an expiration of "import"
    Then the "import" task is expired, and the app ends its work and completes it as a failure
    And nothing else happens for 1 minute
    And the oracle says that the trace conforms
    And otherwise the oracle would blame the scheduler under DBG-3

  @run @sequence @conforms
  Scenario Outline: On any scheduler: the handler is called without a reason: <case>
    Given it permits "import.*"
    When the person opens the app, which registers nothing while it launches
    And 10 seconds later, the app registers and submits a continued request for "import.1", titled "Importing", subtitled "Photos"
    Then it is accepted, or it is refused with notPermitted, or it is refused with tooManyPendingTaskRequests
    When the app sets the expiration handler of the "import.1" task
    And the app sets the progress of the "import.1" task, completed 0, total 100
    And the app begins the work of "import.1"
    And the app leaves the foreground
    And every 3 seconds, 3 times, the app sets the progress of the "import.1" task, completed 10 and 10 more each time
    And <what happens>
    And 2 seconds later, the app ends the work of "import.1" and completes its task as a failure
    And 1 minute 2 seconds pass
    Then the oracle says that the trace conforms

    Examples:
      | case                         | what happens                                         |
      | The person stops it          | 1 second later, the person stops the "import.1" task |
      | The device is under pressure | the device is now under pressure                     |
