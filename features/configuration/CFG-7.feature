@rule:CFG-7 @os:18.0
Feature: CFG-7 Extensions submit for the app
  An app extension may submit; only the containing app is launched for the task. The request is the
  app's: it counts in its limits, is listed to it and cancelled by it. An extension kind without
  background scheduling, or a keyboard without granted open access, gets unavailable (1).

  Background:
    Given an iPhone with iOS 18.0
    And the app "com.example.app" permits "sync", with the background modes "fetch" and "processing"
    And it has the extension "share" that schedules
    When the person opens the app, which registers "sync" while it launches
    And the extension "share" submits a refresh request for "sync", and it is accepted

  @trace @conforms
  Scenario: The extension's request is the app's: listed to it and cancelled by it
    When the app asks for the pending requests, and it gets these requests:
      | identifier | kind    |
      | "sync"     | refresh |
    And the app cancels "sync"
    And the app asks for the pending requests, and it gets nothing
    Then nothing else happens for 1 second
    And the oracle says that the trace conforms
    And otherwise the oracle would blame the scheduler under CFG-7

  @trace @scheduler
  Scenario: The extension's request is not listed to the app
    When the app asks for the pending requests, and it gets nothing
    Then nothing else happens for 1 second
    And the oracle blames the scheduler under CFG-7

  @run @conforms
  Scenario: On any scheduler: the extension's request is the app's: listed to it and cancelled by it
    When the app asks for the pending requests
    Then it gets these requests:
      | identifier | kind    |
      | "sync"     | refresh |
    When the app cancels "sync"
    And the app asks for the pending requests
    And 1 second passes
    Then the oracle says that the trace conforms
