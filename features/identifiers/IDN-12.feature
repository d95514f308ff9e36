@rule:IDN-12 @os:18.0
Feature: IDN-12 Identifiers compared exactly
  Identifiers are compared exactly, case and all.

  Background:
    Given an iPhone with iOS 18.0
    And the app "com.example.app" permits "sync", with the background modes "fetch" and "processing"
    When the person opens the app

  @trace
  Scenario Outline: An identifier in another case: <case>
    When the app registers a handler for "Sync", and it <answer>
    And the app finishes launching
    Then nothing else happens for 1 second
    And the oracle <verdict>
    And otherwise the oracle would blame the scheduler under IDN-12

    @conforms
    Examples:
      | case             | answer        | verdict                      |
      | Compared exactly | returns false | says that the trace conforms |

    @scheduler
    Examples:
      | case                      | answer       | verdict                           |
      | Permitted in another case | returns true | blames the scheduler under IDN-12 |

  @run @conforms
  Scenario: On any scheduler: compared exactly
    When the app registers a handler for "Sync"
    Then it returns false
    When the app finishes launching
    And 1 second passes
    Then the oracle says that the trace conforms
