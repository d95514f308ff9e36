@rule:REG-5 @os:26.0
Feature: REG-5 Wildcard covered registers any time
  A first registration of an identifier that a wildcard entry covers returns true at any time, also
  just before its submission; registration carries no kind.

  Background:
    Given an iPhone with iOS 26.0
    And the app "com.example.app" permits "export.*", with the background modes "processing"
    When the person opens the app
    And the app finishes launching

  @trace
  Scenario Outline: A late registration under a wildcard entry: <case>
    When 4 seconds later, the app registers a handler for "export.1", and it <answer>
    Then nothing else happens for 1 second
    And the oracle <verdict>
    And otherwise the oracle would blame the scheduler under REG-5

    @conforms
    Examples:
      | case                                                                 | answer       | verdict                      |
      | A first registration under a wildcard entry returns true at any time | returns true | says that the trace conforms |

    @scheduler
    Examples:
      | case                                                      | answer        | verdict                          |
      | A first registration under a wildcard entry returns false | returns false | blames the scheduler under REG-5 |

  @run @conforms
  Scenario: On any scheduler: a first registration under a wildcard entry returns true at any time
    When 4 seconds later, the app registers a handler for "export.1"
    Then it returns true
    When 1 second passes
    Then the oracle says that the trace conforms
