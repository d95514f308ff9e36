@rule:CON-15 @os:18.0
Feature: CON-15 Begin date within a week
  earliestBeginDate lies at most a week ahead; much later ones may never launch.

  Background:
    Given an iPhone with iOS 18.0
    And the app "com.example.app" permits "sync", with the background modes "fetch" and "processing"
    When the person opens the app, which registers "sync" while it launches
    And the app submits a refresh request for "sync", earliest in 21 days, and it is accepted

  @trace @conforms
  Scenario: Further ahead than a week
    Then nothing else happens for 1 second
    And the oracle says that the trace conforms
    And the oracle advises CON-15

  @run @conforms
  Scenario: On any scheduler: further ahead than a week
    When 1 second passes
    Then nothing is delivered
    And the oracle says that the trace conforms
    And the oracle advises CON-15
