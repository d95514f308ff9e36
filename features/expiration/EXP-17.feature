@rule:EXP-17 @os:18.0
Feature: EXP-17 Driven expires when taken back
  An implementation that leaves the decision to the runner (driven) expires a running task within
  the answer when the runner takes its time back, and otherwise only where another rule demands or
  names a reason. A reason counts while it lasts: a budget with a number from when it is over, an
  unknown one at any moment; use of the device while it is used; a lost condition (EXP-10) while it
  is lost; a simulated expiration, or the expiry of a task of the same launch (EXP-8), for
  `reaction_time`.

  Background:
    Given an iPhone with iOS 18.0
    And the app "com.example.app" permits "sync", with the background modes "fetch" and "processing"

  @trace @conforms
  Scenario: Expired within the answer
    Given the runner decides when a request is launched
    When the person opens the app, which registers "sync" while it launches
    And the app submits a processing request for "sync", and it is accepted
    And 1 minute later, the person puts the device away, idle and locked, and 2 seconds later the app is suspended
    And 58 minutes 50 seconds later, the runner grants a launch of "sync"
    Then the "sync" task is delivered as a processing task, and the app sets its expiration handler
    When 9 seconds later, the runner takes back the time of the "sync" task
    Then the "sync" task is expired, and the app completes it as a failure and is suspended
    And nothing else happens for 1 minute
    And the oracle says that the trace conforms
    And otherwise the oracle would blame the scheduler under EXP-17

  @trace @scheduler
  Scenario: Not expired
    Given the runner decides when a request is launched
    When the person opens the app, which registers "sync" while it launches
    And the app submits a processing request for "sync", and it is accepted
    And 1 minute later, the person puts the device away, idle and locked, and 2 seconds later the app is suspended
    And 58 minutes 50 seconds later, the runner grants a launch of "sync"
    Then the "sync" task is delivered as a processing task, and the app sets its expiration handler
    When 9 seconds later, the runner takes back the time of the "sync" task
    And 9 seconds pass
    And 1 second later, the app completes the "sync" task as a success, and is suspended
    Then nothing else happens for 1 minute
    And the oracle blames the scheduler under EXP-17

  @trace @scheduler
  Scenario: Expired although nobody took its time back and no other rule asks for it
    Given the runner decides when a request is launched
    And the implementation declares processing_budget = "600 s"
    When the person opens the app, which registers "sync" while it launches
    And the app submits a processing request for "sync", and it is accepted
    And 1 minute later, the person puts the device away, idle and locked, and 2 seconds later the app is suspended
    And 58 minutes 50 seconds later, the runner grants a launch of "sync"
    Then the "sync" task is delivered as a processing task, and the app sets its expiration handler
    And 9 seconds later, the "sync" task is expired, and the app completes it as a failure and is suspended
    And nothing else happens for 1 minute
    And the oracle blames the scheduler under EXP-17

  @run @conforms
  Scenario: On any scheduler: expired within the answer
    When the person opens the app, which registers "sync" while it launches
    And the app submits a processing request for "sync"
    And 1 minute later, the person puts the device away, idle and locked
    And 58 minutes 52 seconds later, the runner grants a launch of "sync"
    And the app sets the expiration handler of the "sync" task
    And 9 seconds later, the runner takes back the time of the "sync" task
    Then the "sync" task is expired, and the app completes it as a failure
    When 1 minute passes
    Then the oracle says that the trace conforms
