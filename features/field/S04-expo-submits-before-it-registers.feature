@case:S04 @os:18.1
# Asked: Submit before register: why does it crash?
Feature: S04 Expo submits before it registers
  Expo background task: one processing request for all workers. The order is the fault: a handler
  must be there before the request.

  Background:
    Given an iPhone with iOS 18.1
    And the app "com.example.expo" permits 'com.expo.modules.backgroundtask.processing', with the background modes "processing"
    And the trace is rebuilt from an app's source

  @trace @conforms
  Scenario: Registered while launching, submitted, listed, cancelled
    When the person opens the app, which registers 'com.expo.modules.backgroundtask.processing' while it launches
    And the app submits a processing request for 'com.expo.modules.backgroundtask.processing', earliest in 12 hours, requiring the network, and it is accepted
    And the app asks for the pending requests, and it gets these requests:
      | identifier                                   | kind       | earliest    | requiring   |
      | 'com.expo.modules.backgroundtask.processing' | processing | in 12 hours | the network |
    And 50 seconds later, the app cancels 'com.expo.modules.backgroundtask.processing'
    And the app asks for the pending requests, and it gets nothing
    And 10 seconds later, the app leaves the foreground, and 20 seconds later it is suspended
    Then nothing else happens for 10 minutes
    And the oracle says that the trace conforms

  @trace @rule:SUB-2 @rule:SUB-27 @app
  Scenario: Submits, then registers
    The older order: the submission finds no handler, raises, and the app dies.

    When the person opens the app
    And the app submits a processing request for 'com.expo.modules.backgroundtask.processing', earliest in 12 hours, requiring the network, and it raises "No launch handler registered for task with identifier com.expo.modules.backgroundtask.processing"
    And the app crashes
    Then nothing else happens for 10 minutes
    And the oracle blames the app under SUB-27
    And otherwise the oracle would blame the scheduler under SUB-2

  @run @conforms
  Scenario: On any scheduler: registered while launching, submitted, listed, cancelled
    When the person opens the app, which registers 'com.expo.modules.backgroundtask.processing' while it launches
    And the app submits a processing request for 'com.expo.modules.backgroundtask.processing', earliest in 12 hours, requiring the network
    And the app asks for the pending requests
    And 50 seconds later, the app cancels 'com.expo.modules.backgroundtask.processing'
    And the app asks for the pending requests
    Then it gets nothing
    When 10 seconds later, the app leaves the foreground
    And 10 minutes 20 seconds pass
    Then the oracle says that the trace conforms

  @run @rule:SUB-27 @app
  Scenario: On any scheduler: submits, then registers
    When the person opens the app
    And the app submits a processing request for 'com.expo.modules.backgroundtask.processing', earliest in 12 hours, requiring the network
    Then it raises "No launch handler registered"
    When 10 minutes pass
    Then the oracle blames the app under SUB-27
