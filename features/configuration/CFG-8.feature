@rule:CFG-8 @os:18.0
Feature: CFG-8 Extensions do not register
  An extension does not register launch handlers. (Marked unavailable to extensions up to the header
  of 26; the mark is gone in the stored header of 27, the sentence that only the host app is launched
  is not.)

  Background:
    Given an iPhone with iOS 18.0
    And the app "com.example.app" permits "sync", with the background modes "fetch" and "processing"
    And it has the extension "share" that schedules
    When the person opens the app, which registers "sync" while it launches

  @trace @conforms
  Scenario: Only the app registers
    When the extension "share" submits a refresh request for "sync", and it is accepted
    Then nothing else happens for 1 second
    And the oracle says that the trace conforms
    And otherwise the oracle would blame the scheduler under REG-1

  @trace @conforms @app
  Scenario: An extension registers a launch handler
    The header of 27 no longer forbids it.

    When the extension "share" registers a handler for "sync", and it returns true
    Then nothing else happens for 1 second
    And the oracle blames the app under CFG-8
    And on iOS 27.0, the oracle says that the trace conforms

  @run @conforms
  Scenario: On any scheduler: only the app registers
    When the extension "share" submits a refresh request for "sync"
    Then it is accepted
    When 1 second passes
    Then the oracle says that the trace conforms
