@rule:IDN-12 @os:18.0
Feature: IDN-12 Identifiers compared exactly
  Identifiers are compared exactly, case and all.

  Background:
    Given an iPhone with iOS 18.0
    And the app "com.example.app"
    And it permits "sync"
    And its background modes: "fetch" and "processing"

  @trace
  Scenario Outline: <case>
    When the person opens the app
    And the app registers a handler for "Sync", and it <answer>
    And the app finishes launching
    Then nothing else happens for 1 second
    And the oracle <verdict>
    And otherwise the oracle would blame the scheduler under IDN-12

    Examples:
      | case                      | answer        | verdict                           |
      | Compared exactly          | returns false | says that the trace conforms      |
      | Permitted in another case | returns true  | blames the scheduler under IDN-12 |

  @run
  Scenario: Played: compared exactly
    When the person opens the app
    And the app registers a handler for "Sync"
    And the app finishes launching
    And 1 second passes
    Then the oracle says that the trace conforms
