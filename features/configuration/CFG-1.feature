@rule:CFG-1 @os:18.0
Feature: CFG-1 Malformed list permits nothing
  A BGTaskSchedulerPermittedIdentifiers that is absent or no array of strings (a string, a dictionary)
  permits nothing: every registration answers as REG-2 says and every submission is refused with
  notPermitted (3).

  Background:
    Given an iPhone with iOS 18.0
    And the app "com.example.app"
    And it permits no array of strings
    And its background modes: "fetch" and "processing"
    When the person opens the app

  @trace
  Scenario Outline: A list that is no array: <case>
    When the app registers a handler for "sync", and it <answer>
    And the app finishes launching
    Then nothing else happens for 1 second
    And the oracle <verdict>

    @conforms
    Examples:
      | case                           | answer        | verdict                      |
      | The registration returns false | returns false | says that the trace conforms |

    @scheduler
    Examples:
      | case                      | answer       | verdict                          |
      | The registration succeeds | returns true | blames the scheduler under CFG-1 |

  @run @conforms
  Scenario: On any scheduler: the registration returns false
    When the app registers a handler for "sync"
    Then it returns false
    When the app finishes launching
    And 1 second passes
    Then the oracle says that the trace conforms
