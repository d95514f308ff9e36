@rule:IDN-3 @os:26.0
Feature: IDN-3 Wildcard depth
  Whether the covered part may hold several components ("export.A.1") is not documented: both readings
  are allowed.

  Background:
    Given an iPhone with iOS 26.0
    And the app "com.example.app" permits "export.*", with the background modes "fetch" and "processing"
    When the person opens the app

  @trace @conforms
  Scenario Outline: An identifier of two components under a wildcard: <case>
    When the app registers a handler for "export.A.1", and it <answer>
    And the app finishes launching
    Then nothing else happens for 1 second
    And the oracle says that the trace conforms
    And otherwise the oracle would blame the scheduler under REG-2

    Examples:
      | case                             | answer        |
      | Read as a single component       | returns false |
      | Read as any number of components | returns true  |

  @run @conforms
  Scenario: On any scheduler: read as a single component
    When the app registers a handler for "export.A.1"
    Then it returns false, or it returns true
    When the app finishes launching
    And 1 second passes
    Then the oracle says that the trace conforms
