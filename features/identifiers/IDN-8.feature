@rule:IDN-8 @os:26.0
Feature: IDN-8 Stray star covers nothing
  An entry with a star that is no wildcard entry by IDN-1 ("*", ".*", "com.*.foo", two stars, no dot
  before the star, a prefix other than the bundle identifier) covers no identifier but, at most, the
  same string: registering exactly that string may return either. Before 26.0 every entry is a
  literal.

  Background:
    Given an iPhone with iOS 26.0
    And the app "com.example.app" permits 'com.*.app', with the background modes "fetch" and "processing"
    When the person opens the app

  @trace
  Scenario Outline: An entry with its star in the middle: <case>
    When the app registers a handler for 'com.example.app', and it <answer>
    And the app finishes launching
    Then nothing else happens for 1 second
    And the oracle <verdict>
    And otherwise the oracle would blame the scheduler under IDN-8

    @conforms
    Examples:
      | case                                 | answer        | verdict                      |
      | No wildcard entry: it covers nothing | returns false | says that the trace conforms |

    @scheduler
    Examples:
      | case                                      | answer       | verdict                          |
      | A star in the middle covers an identifier | returns true | blames the scheduler under IDN-8 |

  @run @conforms
  Scenario: On any scheduler: no wildcard entry: it covers nothing
    When the app registers a handler for 'com.example.app'
    Then it returns false
    When the app finishes launching
    And 1 second passes
    Then the oracle says that the trace conforms
