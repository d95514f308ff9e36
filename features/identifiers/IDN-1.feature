@rule:IDN-1 @os:26.0
Feature: IDN-1 Wildcard entry form
  A wildcard entry is the app's bundle identifier, an optional context, and a final ".*":
  "com.foo.App.export.*", "com.foo.App.*".

  Background:
    Given an iPhone with iOS 26.0
    And the app "com.example.app"
    And it permits "*"
    And its background modes: "fetch" and "processing"

  @trace
  Scenario Outline: <case>
    When the person opens the app
    And the app registers a handler for "report", and it <answer>
    And the app finishes launching
    Then nothing else happens for 1 second
    And the oracle <verdict>
    And otherwise the oracle would blame the scheduler under IDN-1

    Examples:
      | case                                                                                | answer        | verdict                          |
      | Com.example.app.* is a wildcard entry                                               | returns true  | says that the trace conforms     |
      | Com.example.app.* is a wildcard entry, and an identifier that it covers is rejected | returns false | blames the scheduler under IDN-1 |

  @run
  Scenario: Played: com.example.app.* is a wildcard entry
    When the person opens the app
    And the app registers a handler for "report"
    And the app finishes launching
    And 1 second passes
    Then the oracle says that the trace conforms
