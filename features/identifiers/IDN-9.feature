@rule:IDN-9 @os:18.0
Feature: IDN-9 Long identifiers may be refused
  No length of identifiers is documented: a very long one (over 100 characters) may be refused at
  registration and submission.

  Background:
    Given an iPhone with iOS 18.0
    And the app "com.example.app" permits "sync.012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789", with the background modes "fetch" and "processing"
    When the person opens the app

  @trace @conforms
  Scenario Outline: An identifier of 300 letters: <case>
    When the app registers a handler for "sync.012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789", and it <answer>
    And the app finishes launching
    Then nothing else happens for 1 second
    And the oracle says that the trace conforms
    And otherwise the oracle would blame the scheduler under REG-1

    Examples:
      | case                            | answer        |
      | A long identifier is registered | returns true  |
      | A long identifier is rejected   | returns false |

  @run @conforms
  Scenario: On any scheduler: a long identifier is registered
    When the app registers a handler for "sync.012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789"
    Then it returns false, or it returns true
    When the app finishes launching
    And 1 second passes
    Then the oracle says that the trace conforms
