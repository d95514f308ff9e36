@rule:CAN-6 @os:18.0
Feature: CAN-6 Cancel between launch and delivery
  A cancel or a replacement that comes between a launch and its delivery may prevent the delivery or
  come too late: the delivery is then allowed within `reaction_time` of it (of the end of launching,
  where the process was still launching), and not after.

  Background:
    Given an iPhone with iOS 18.0
    And the app "com.example.app" permits "sync", with the background modes "fetch" and "processing"
    When the person opens the app, which registers "sync" while it launches
    And the app submits a processing request for "sync", and it is accepted

  @trace @conforms
  Scenario: The cancel prevents the delivery
    When 1 minute later, the person puts the device away, idle and locked, and 2 seconds later the app is suspended
    And 28 minutes 50 seconds later, memory runs short and the app is killed
    Then 30 minutes later, the app is launched in the background, for "sync"
    When the app registers a handler for "sync", and it returns true
    And the app cancels "sync"
    And the app finishes launching
    Then 2 minutes later, the app is suspended, and nothing else happens for 1 minute
    And the oracle says that the trace conforms

  @trace @conforms
  Scenario: The cancel comes too late
    When 1 minute later, the person puts the device away, idle and locked, and 2 seconds later the app is suspended
    And 28 minutes 50 seconds later, memory runs short and the app is killed
    Then 30 minutes later, the app is launched in the background, for "sync"
    When the app registers a handler for "sync", and it returns true
    And the app cancels "sync"
    And the app finishes launching
    Then the "sync" task is delivered as a processing task, and the app sets its expiration handler
    When 4 seconds later, the app completes the "sync" task as a success, and is suspended
    Then nothing else happens for 1 minute
    And the oracle says that the trace conforms

  @run @conforms
  Scenario: On any scheduler: the cancel prevents the delivery
    When 1 minute later, the person puts the device away, idle and locked
    And 28 minutes 52 seconds later, memory runs short and the app is killed
    And 30 minutes later, the runner grants a launch of "sync"
    And the app registers a handler for "sync", in process 2
    And the app cancels "sync"
    And the app finishes launching
    And 3 minutes pass
    Then the oracle says that the trace conforms
