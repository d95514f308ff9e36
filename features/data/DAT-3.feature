@rule:DAT-3 @os:18.0
Feature: DAT-3 Locked work needs no complete
  Work that may run while the device is locked needs no data of class complete. Judged where DAT-2
  leaves no choice.

  Background:
    Given an iPhone with iOS 18.0
    And the app "com.example.app" permits "sync", with the background modes "fetch" and "processing"
    When the person opens the app, which registers "sync" while it launches
    And 1 minute later, the app leaves the foreground
    And 5 seconds later, the device is now idle and locked

  @trace @conforms
  Scenario: Work in the background reads data of another class
    When 1 minute later, the app reads data of class completeUntilFirstUserAuthentication, and it succeeds
    Then 1 second later, the app is suspended, and nothing else happens for 1 second
    And the oracle says that the trace conforms

  @trace @app
  Scenario: Work in the background reads data of class complete while the device is locked
    When 1 minute later, the app reads data of class complete, and it fails
    Then 1 second later, the app is suspended, and nothing else happens for 1 second
    And the oracle blames the app under DAT-3
