@rule:IDN-5 @os:26.1
Feature: IDN-5 Wildcard string registers false
  Registering the string of a wildcard entry itself returns false. (One report of a 26.0 beta had
  true, and the handler was never used: "true_but_useless".)

  Background:
    Given an iPhone with iOS 26.1
    And the app "com.example.app" permits "export.*", with the background modes "fetch" and "processing"
    When the person opens the app

  @trace
  Scenario Outline: The string of a wildcard entry is registered: <case>
    When the app registers a handler for "export.*", and it <answer>
    And the app finishes launching
    Then nothing else happens for 1 second
    And the oracle <verdict>
    And otherwise the oracle would blame the scheduler under IDN-5

    @conforms
    Examples:
      | case                              | answer        | verdict                      |
      | The entry itself is no identifier | returns false | says that the trace conforms |

    @scheduler
    Examples:
      | case                           | answer       | verdict                          |
      | The entry itself is registered | returns true | blames the scheduler under IDN-5 |

  @run @conforms
  Scenario: On any scheduler: the entry itself is no identifier
    When the app registers a handler for "export.*"
    Then it returns false
    When the app finishes launching
    And 1 second passes
    Then the oracle says that the trace conforms
