@rule:CON-4 @os:18.0
Feature: CON-4 Processing while unused
  Processing is launched only while nobody uses the device; where the setting is `no` it may be
  launched while somebody does (one app on 18.7.10 saw it four times). Refresh does not wait for
  that. (Health research inherits from processing and says nothing of its own: CON-16.)

  Background:
    Given an iPhone with iOS 18.0
    And the app "com.example.app" permits "sync", with the background modes "fetch" and "processing"

  @trace @conforms
  Scenario: Launched while nobody uses the device
    Given the implementation declares processing_needs_idle = "yes"
    When the person opens the app, which registers "sync" while it launches
    And the app submits a processing request for "sync", and it is accepted
    And 1 minute later, the person puts the device away, idle and locked, and 2 seconds later the app is suspended
    Then 58 minutes 50 seconds later, the "sync" task is delivered as a processing task, and the app sets its expiration handler
    When 4 seconds later, the app completes the "sync" task as a success, and is suspended
    Then nothing else happens for 1 minute
    And the oracle says that the trace conforms
    And otherwise the oracle would blame the scheduler under CON-4

  @trace @scheduler
  Scenario: Launched while somebody uses the device
    Given the implementation declares processing_needs_idle = "yes"
    When the person opens the app, which registers "sync" while it launches
    And the app submits a processing request for "sync", and it is accepted
    And 1 minute later, the person puts the device away, idle and locked, and 2 seconds later the app is suspended
    And 58 minutes 50 seconds later, the device is now in use and unlocked
    Then 1 second later, the "sync" task is delivered as a processing task, and the app sets its expiration handler
    And 1 second later, the "sync" task is expired, and the app completes it as a failure and is suspended
    And nothing else happens for 1 minute
    And the oracle blames the scheduler under CON-4

  @run @conforms
  Scenario: On any scheduler: launched while nobody uses the device
    When the person opens the app, which registers "sync" while it launches
    And the app submits a processing request for "sync"
    And 1 minute later, the app leaves the foreground
    And 4 seconds later, the runner grants a launch of "sync"
    And 4 seconds later, the device is now idle and locked
    And 58 minutes 52 seconds later, the runner grants a launch of "sync"
    Then the "sync" task is delivered as a processing task, and the app sets its expiration handler
    When 4 seconds later, the app completes the "sync" task as a success
    And 1 minute passes
    Then the oracle says that the trace conforms
