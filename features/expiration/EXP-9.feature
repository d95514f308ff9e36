@rule:EXP-9 @os:18.0
Feature: EXP-9 Processing expires on use
  Processing that runs when somebody starts to use the device is expired within `reaction_time`,
  through its expiration handler; coming to the foreground is use of the device. Where
  `processing_needs_idle` is `no` it may go on as well. Use of the device is no reason to expire
  refresh. Health research: setting `health_needs_idle`.

  Background:
    Given an iPhone with iOS 18.0
    And the app "com.example.app" permits "sync", with the background modes "fetch" and "processing"

  @trace @conforms
  Scenario: Processing expires when the device is used
    Given the implementation declares processing_needs_idle = "yes"
    When the person opens the app, which registers "sync" while it launches
    And the app submits a processing request for "sync", and it is accepted
    And 1 minute later, the person puts the device away, idle and locked, and 2 seconds later the app is suspended
    Then 58 minutes 50 seconds later, the "sync" task is delivered as a processing task, and the app sets its expiration handler
    When 1 minute later, the device is now in use and unlocked
    Then 5 seconds later, the "sync" task is expired, and the app completes it as a failure and is suspended
    And nothing else happens for 1 minute
    And the oracle says that the trace conforms
    And otherwise the oracle would blame the scheduler under EXP-9

  @trace @scheduler
  Scenario: Processing goes on while the device is used
    Given the implementation declares processing_needs_idle = "yes"
    When the person opens the app, which registers "sync" while it launches
    And the app submits a processing request for "sync", and it is accepted
    And 1 minute later, the person puts the device away, idle and locked, and 2 seconds later the app is suspended
    Then 58 minutes 50 seconds later, the "sync" task is delivered as a processing task, and the app sets its expiration handler
    When 1 minute later, the device is now in use and unlocked
    And 3 minutes later, the app completes the "sync" task as a success, and is suspended
    Then nothing else happens for 1 minute
    And the oracle blames the scheduler under EXP-9

  @run @conforms
  Scenario: On any scheduler: processing expires when the device is used
    When the person opens the app, which registers "sync" while it launches
    And the app submits a processing request for "sync"
    And 1 minute later, the person puts the device away, idle and locked
    And 58 minutes 52 seconds later, the runner grants a launch of "sync"
    Then the "sync" task is delivered as a processing task, and the app sets its expiration handler
    When 1 minute later, the device is now in use and unlocked
    And 5 seconds later, the runner takes back the time of the "sync" task
    And the app completes the "sync" task as a failure
    And 1 minute passes
    Then the oracle says that the trace conforms

  @run @conforms
  Scenario: Somebody begins to use the device while processing runs
    When the person opens the app, which registers "sync" while it launches
    And the app sets the expiration handler of the "sync" task as soon as it is delivered, and completes it as a failure as soon as it expires
    And the app submits a processing request for "sync"
    And the app leaves the foreground
    And the device is now idle and locked
    And 1 hour later, the runner grants a launch of "sync", and 61 seconds pass
    Then the "sync" task is delivered as a processing task
    When the device is now in use and unlocked
    And 61 seconds pass
    Then the "sync" task is expired
    And the oracle says that the trace conforms
