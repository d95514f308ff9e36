@rule:SUB-31 @os:27.0
Feature: SUB-31 Async not on main thread
  The asynchronous submit is not called on the main thread. (The header says so; staff said that any
  thread will do.)

  Background:
    Given an iPhone with iOS 27.0
    And the app "com.example.app" permits "sync", with the background modes "fetch" and "processing"
    When the person opens the app, which registers "sync" while it launches
    And 1 second later, the app submits, as submission 1, a refresh request for "sync", on the main thread

  @trace @conforms
  Scenario: Called on the main thread
    Then submission 1 completes without an error
    And nothing else happens for 1 second
    And the oracle says that the trace conforms
    And the oracle advises SUB-31

  @run @conforms
  Scenario: On any scheduler: called on the main thread
    When 1 second passes
    Then the oracle says that the trace conforms
    And the oracle advises SUB-31
