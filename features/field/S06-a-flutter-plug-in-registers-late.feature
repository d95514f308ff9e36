@case:S06
# Asked: My plug-in registers after launch: what then?
Feature: S06 A Flutter plug-in registers late
  flutter_workmanager: a periodic task, scheduled from Dart code that runs when launching is over.
  It submits before it registers, or registers after the launch.

  Background:
    Given the app "com.example.workmanager" permits "periodic", with the background modes "fetch"
    And the trace is rebuilt from an app's source

  @trace @rule:SUB-2 @rule:SUB-27 @os:17.2 @app
  Scenario: The submission finds no handler and raises
    Given an iPhone with iOS 17.2
    When the person opens the app, which registers nothing while it launches
    And the app submits a refresh request for "periodic", earliest in 20 minutes, and it raises "No launch handler registered for task with identifier com.example.workmanager.periodic"
    And the app crashes
    Then nothing else happens for 1 minute
    And the oracle blames the app under SUB-27
    And otherwise the oracle would blame the scheduler under SUB-2

  @trace @rule:REG-4 @rule:REG-7 @os:18.3 @app
  Scenario: Up to 18 the late registration raises, and is the app's breach
    Given an iPhone with iOS 18.3
    When the person opens the app, which registers nothing while it launches
    And the app registers a handler for "periodic", and it raises "All launch handlers must be registered before application finishes launching"
    And the app crashes
    Then nothing else happens for 1 minute
    And the oracle blames the app under REG-7
    And otherwise the oracle would blame the scheduler under REG-4

  @trace @rule:REG-6 @rule:REG-7 @os:26.0 @app
  Scenario: Registers after launch, 26
    From 26.0 the late registration may be meant for continued processing; the refresh request
    under it is the breach.

    Given an iPhone with iOS 26.0
    When the person opens the app, which registers nothing while it launches
    And the app registers and submits a refresh request for "periodic", earliest in 20 minutes, and it is accepted
    And 20 seconds later, the app leaves the foreground, and 20 seconds later it is suspended
    Then nothing else happens for 5 minutes
    And the oracle blames the app under REG-7
    And otherwise the oracle would blame the scheduler under REG-6

  @trace @rule:REG-6 @os:26.3 @conforms @scheduler
  Scenario: A late registration returns true, on one version and another
    One device of 26.3 raised.

    Given an iPhone with iOS 26.3
    When the person opens the app, which registers nothing while it launches
    And the app registers a handler for "periodic", and it raises "All launch handlers must be registered before application finishes launching"
    And the app crashes
    Then nothing else happens for 1 minute
    And in the contract profile, the oracle blames the scheduler under REG-6
    And in the field profile, the oracle says that the trace conforms

  @trace @os:17.2 @conforms
  Scenario: Registered while launching, submitted afterwards
    Given an iPhone with iOS 17.2
    When the person opens the app, which registers "periodic" while it launches
    And the app submits a refresh request for "periodic", earliest in 20 minutes, and it is accepted
    And 20 seconds later, the app leaves the foreground, and 20 seconds later it is suspended
    Then nothing else happens for 5 minutes
    And the oracle says that the trace conforms

  @run @rule:SUB-27 @os:17.2 @app
  Scenario: On any scheduler: the submission finds no handler and raises
    Given an iPhone with iOS 17.2
    When the person opens the app, which registers nothing while it launches
    And the app submits a refresh request for "periodic", earliest in 20 minutes
    Then it raises "No launch handler registered"
    When 1 minute passes
    Then the oracle blames the app under SUB-27

  @run @rule:REG-7 @os:18.3 @app
  Scenario: On any scheduler: up to 18 the late registration raises, and is the app's breach
    Given an iPhone with iOS 18.3
    When the person opens the app, which registers nothing while it launches
    And the app registers a handler for "periodic"
    Then it raises "All launch handlers must be registered before application finishes launching"
    When 1 minute passes
    Then the oracle blames the app under REG-7
