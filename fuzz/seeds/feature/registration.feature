@rule:REG-11 @os:18.0
Feature: REG-11 Empty identifier not permitted
  An empty identifier is not permitted.

  Background:
    Given an iPhone with iOS 18.0
    And the app "com.example.app" permits "sync", with the background modes "fetch" and "processing"
    When the person opens the app

  @trace
  Scenario Outline: An empty identifier is registered: <case>
    When the app registers a handler for '', and it <answer>
    And the app finishes launching
    Then nothing else happens for 1 second
    And the oracle <verdict>
    And otherwise the oracle would blame the scheduler under REG-11

    @conforms
    Examples:
      | case                                 | answer        | verdict                      |
      | An empty identifier is not permitted | returns false | says that the trace conforms |

    @scheduler
    Examples:
      | case                              | answer       | verdict                           |
      | An empty identifier is registered | returns true | blames the scheduler under REG-11 |

  @run @conforms
  Scenario: On any scheduler: an empty identifier is not permitted
    When the app registers a handler for ''
    Then it returns false
    When the app finishes launching
    And 1 second passes
    Then the oracle says that the trace conforms
