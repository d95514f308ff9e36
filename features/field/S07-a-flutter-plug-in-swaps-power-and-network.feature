@case:S07 @os:17.5
# Asked: Power and network were swapped: what runs?
Feature: S07 A Flutter plug-in swaps power and network
  flutter_workmanager: a caller swaps the flags, so that external power is asked for where the
  network was meant. The system keeps to what was asked for and not to what was meant.

  Background:
    Given an iPhone with iOS 17.5
    And the app "com.example.workmanager" permits "upload", with the background modes "processing"
    And the trace is rebuilt from an app's source

  @trace @rule:CON-14 @conforms
  Scenario: Launched without the network that was meant
    It asked for power alone: no network is no obstacle, and the upload fails at once.

    Given the device is on external power
    When the person opens the app, which registers "upload" while it launches
    And the app submits a processing request for "upload", requiring external power, and it is accepted
    And 1 minute 15 seconds later, the person puts the device away, idle and locked, and 4 seconds later the app is suspended
    And 38 minutes 33 seconds later, the device is now offline
    Then 2 hours 32 minutes later, the "upload" task is delivered as a processing task, and the app sets its expiration handler and begins its work
    When the app ends the work of "upload" and completes its task as a failure
    Then 2 seconds later, the app is suspended, and nothing else happens for 1 minute
    And the oracle says that the trace conforms

  @trace @rule:CON-2 @conforms
  Scenario: Never launched on battery
    The network that was meant is there all the time; the power that was asked for never comes.

    When the person opens the app, which registers "upload" while it launches
    And the app submits a processing request for "upload", requiring external power, and it is accepted
    And 1 minute 15 seconds later, the person puts the device away, idle and locked, and 4 seconds later the app is suspended
    And 8 hours 58 minutes 33 seconds later, the person takes the device up again and comes back to the app
    And the app asks for the pending requests, and it gets these requests:
      | identifier | kind       | requiring      |
      | "upload"   | processing | external power |
    And 40 seconds later, the app leaves the foreground
    And 4 seconds later, the device is now idle and locked
    Then 3 seconds later, the app is suspended, and nothing else happens for 2 days 14 hours 59 minutes 13 seconds
    And the oracle says that the trace conforms
    And otherwise the oracle would blame the scheduler under CON-2

  @run @conforms
  Scenario: On any scheduler: launched without the network that was meant
    Given the device is on external power
    When the person opens the app, which registers "upload" while it launches
    And the app submits a processing request for "upload", requiring external power
    And 1 minute 15 seconds later, the person puts the device away, idle and locked
    And 38 minutes 37 seconds later, the device is now offline
    And 2 hours 32 minutes later, the runner grants a launch of "upload"
    Then the "upload" task is delivered as a processing task, and the app sets its expiration handler and begins its work
    When the app ends the work of "upload" and completes its task as a failure
    And 1 minute 2 seconds pass
    Then the oracle says that the trace conforms

  @run @conforms
  Scenario: On any scheduler: never launched on battery
    When the person opens the app, which registers "upload" while it launches
    And the app submits a processing request for "upload", requiring external power
    Then it is accepted
    When 1 minute 15 seconds later, the person puts the device away, idle and locked
    And 8 hours 58 minutes 37 seconds later, the person takes the device up again and comes back to the app
    And the app asks for the pending requests
    And 40 seconds later, the app leaves the foreground
    And 4 seconds later, the device is now idle and locked
    And 2 days 14 hours 59 minutes 16 seconds pass
    Then nothing is delivered
    And the oracle says that the trace conforms
