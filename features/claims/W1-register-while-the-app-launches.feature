@case:W1
# Asked: When do I have to register?
Feature: W1 Register while the app launches
  Handlers of the older kinds are registered before launching ends; those of continued tasks may come
  later.

  Background:
    Given the app "com.example.guide" permits "sync" and "export.*", with the background modes "fetch"

  @trace @rule:REG-1 @os:26.0 @conforms
  Scenario: Registered while launching: true
    Given an iPhone with iOS 26.0
    When the person opens the app, which registers "sync" while it launches
    And the app submits a refresh request for "sync", earliest in 15 minutes, and it is accepted
    Then nothing else happens for 1 minute
    And the oracle says that the trace conforms
    And otherwise the oracle would blame the scheduler under REG-1

  @trace @rule:REG-1 @os:26.0 @scheduler
  Scenario: A permitted identifier, registered while launching, gets false
    Given an iPhone with iOS 26.0
    When the person opens the app
    And the app registers a handler for "sync", and it returns false
    And the app finishes launching
    Then nothing else happens for 1 minute
    And the oracle blames the scheduler under REG-1

  @trace @rule:REG-4 @rule:REG-7 @os:18.5 @app
  Scenario: Up to 18 a late registration raises
    Given an iPhone with iOS 18.5
    When the person opens the app, which registers nothing while it launches
    And 1 second later, the app registers a handler for "sync", and it raises "All launch handlers must be registered before application finishes launching"
    And the app crashes
    Then nothing else happens for 1 minute
    And the oracle blames the app under REG-7
    And otherwise the oracle would blame the scheduler under REG-4

  @trace @rule:REG-6 @rule:REG-7 @os:26.0 @app
  Scenario: After launch on 26, for refresh
    The late registration is not wrong by itself; to submit a refresh under it is.

    Given an iPhone with iOS 26.0
    When the person opens the app, which registers nothing while it launches
    And 1 second later, the app registers and submits a refresh request for "sync", earliest in 15 minutes, and it is accepted
    Then nothing else happens for 1 minute
    And the oracle blames the app under REG-7
    And otherwise the oracle would blame the scheduler under REG-6

  @trace @rule:REG-5 @os:26.0 @conforms
  Scenario: Continued processing is registered when it is needed
    Given an iPhone with iOS 26.0
    When the person opens the app, which registers nothing while it launches
    And 1 second later, the app starts a continued task for "export.1", at 0 of 10, titled "Export", subtitled "Starting"
    And 1 second later, the app sets the progress of the "export.1" task, completed 5, 1 second later completed 10, and completes it as a success
    Then nothing else happens for 1 minute
    And the oracle says that the trace conforms
    And otherwise the oracle would blame the scheduler under REG-5

  @run @os:26.0 @conforms
  Scenario: On any scheduler: registered while launching: true
    Given an iPhone with iOS 26.0
    When the person opens the app
    And the app registers a handler for "sync"
    Then it returns true
    When the app finishes launching
    And the app submits a refresh request for "sync", earliest in 15 minutes
    And 1 minute passes
    Then the oracle says that the trace conforms

  @run @rule:REG-7 @os:18.5 @app
  Scenario: On any scheduler: up to 18 a late registration raises
    Given an iPhone with iOS 18.5
    When the person opens the app, which registers nothing while it launches
    And 1 second later, the app registers a handler for "sync"
    Then it raises "All launch handlers must be registered before application finishes launching"
    When 1 minute passes
    Then the oracle blames the app under REG-7
