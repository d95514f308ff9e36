@rule:IDN-1 @os:26.0
Feature: IDN-1 Wildcard entry form
  A wildcard entry is the app's bundle identifier, an optional context, and a final ".*":
  "com.foo.App.export.*", "com.foo.App.*".

  Background:
    Given an iPhone with iOS 26.0
    And the app "com.example.app" permits "*", with the background modes "fetch" and "processing"
    When the person opens the app

  @trace
  Scenario Outline: An identifier under the bundle's own wildcard: <case>
    When the app registers a handler for "report", and it <answer>
    And the app finishes launching
    Then nothing else happens for 1 second
    And the oracle <verdict>
    And otherwise the oracle would blame the scheduler under IDN-1

    @conforms
    Examples:
      | case                                       | answer       | verdict                      |
      | An identifier that it covers is registered | returns true | says that the trace conforms |

    @scheduler
    Examples:
      | case                                     | answer        | verdict                          |
      | An identifier that it covers is rejected | returns false | blames the scheduler under IDN-1 |

  @run @conforms
  Scenario: On any scheduler: an identifier that it covers is registered
    When the app registers a handler for "report"
    Then it returns true
    When the app finishes launching
    And 1 second passes
    Then the oracle says that the trace conforms
