@case:F11
# Asked: Can I submit after a launch in the background?
Feature: F11 Processing is submitted after a launch in the background
  A forum question: the system restored the app in the background, for another reason than a task,
  and the app submits a processing request for an upload from there.

  Background:
    Given the app "com.example.uploader" permits "upload", with the background modes "processing"
    And the trace is retold from a report

  @trace @rule:CON-12 @rule:SUB-1 @os:18.1 @conforms
  Scenario: Registers while launching
    Accepted from the background and pending; for two weeks it is not launched, which nobody
    owes.

    Given an iPhone with iOS 18.1
    When the app is started in the background for another reason, and registers "upload" while it launches
    And the app submits a processing request for "upload", requiring the network, and it is accepted
    And the app asks for the pending requests, and it gets these requests:
      | identifier | kind       | requiring   |
      | "upload"   | processing | the network |
    Then 3 seconds later, the app is suspended, and nothing else happens for 14 days
    And the oracle says that the trace conforms
    And otherwise the oracle would blame the scheduler under SUB-1

  @trace @rule:REG-4 @rule:REG-7 @os:18.1 @app
  Scenario: A background launch is a launch: the late registration raises
    Given an iPhone with iOS 18.1
    When the app is started in the background for another reason, and registers nothing while it launches
    And the app registers a handler for "upload", and it raises "All launch handlers must be registered before application finishes launching"
    And the app crashes
    Then nothing else happens for 1 minute
    And the oracle blames the app under REG-7
    And otherwise the oracle would blame the scheduler under REG-4

  @trace @rule:REG-6 @rule:REG-7 @os:26.1 @app
  Scenario: Registers after the wake, 26
    From 26.0 the submission of processing under a late identifier is the breach.

    Given an iPhone with iOS 26.1
    When the app is started in the background for another reason, and registers nothing while it launches
    And the app registers and submits a processing request for "upload", requiring the network, and it is accepted
    Then 4 seconds later, the app is suspended, and nothing else happens for 1 minute
    And the oracle blames the app under REG-7
    And otherwise the oracle would blame the scheduler under REG-6

  @run @os:18.1 @conforms
  Scenario: On any scheduler: registers while launching
    Given an iPhone with iOS 18.1
    When the app is started in the background for another reason, and registers "upload" while it launches
    And the app submits a processing request for "upload", requiring the network
    Then it is accepted
    When the app asks for the pending requests
    And 14 days 3 seconds pass
    Then the oracle says that the trace conforms

  @run @rule:REG-7 @os:18.1 @app
  Scenario: On any scheduler: a background launch is a launch: the late registration raises
    Given an iPhone with iOS 18.1
    When the app is started in the background for another reason, and registers nothing while it launches
    And the app registers a handler for "upload"
    Then it raises "All launch handlers must be registered before application finishes launching"
    When 1 minute passes
    Then the oracle blames the app under REG-7
