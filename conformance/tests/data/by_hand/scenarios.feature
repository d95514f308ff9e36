# What a person tells: a story, one that any implementation can play, and two in a table.
Feature: My feed is never refreshed

  Background:
    Given an iPhone with iOS 18.5
    And the app "com.example.app"
    And it permits "refresh"
    And its background modes: "fetch"

  Scenario: Submitted and killed
    When the person opens the app
    And the app registers a handler for "refresh", and it returns true
    And the app finishes launching
    And the app submits a refresh request for "refresh", earliest in 2 hours, and it is accepted
    And 1 minute later, the app leaves the foreground
    And the person force-quits the app
    Then nothing else happens for 2 days

  @run
  Scenario: Played
    When the person opens the app
    And the app finishes launching
    Then the oracle says that the trace conforms

  Scenario Outline: Refused
    When the person opens the app
    And the app finishes launching
    And the app submits <kind> for "refresh", and it is refused with <code>

    Examples:
      | kind                 | code                                 |
      | a refresh request    | BGTaskSchedulerErrorCodeNotPermitted |
      | a processing request | notPermitted (3)                     |
