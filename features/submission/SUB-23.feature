@rule:SUB-23 @os:18.0
Feature: SUB-23 Any reason may answer
  Where several reasons hold against a call, any one of them may be the answer: no precedence is
  documented. This includes the exceptions: a late registration of an unpermitted identifier returns
  false or raises; a submission of a permitted identifier without a handler that is refused for
  another reason too raises or fails. A submission of an unpermitted one never raises (SUB-3).

  Background:
    Given an iPhone with iOS 18.0, with Background App Refresh off
    And the app "com.example.app" permits "sync", with the background modes "processing"
    When the person opens the app, which registers "sync" while it launches

  @trace @conforms
  Scenario Outline: A submission with two reasons for a refusal: <case>
    When 1 second later, the app submits a refresh request for "sync", and it <answer>
    Then nothing else happens for 1 second
    And the oracle says that the trace conforms

    Examples:
      | case                                                                | answer                       |
      | The mode is missing and Background App Refresh is off: unavailable  | is refused with unavailable  |
      | The mode is missing and Background App Refresh is off: notPermitted | is refused with notPermitted |

  @run @conforms
  Scenario: On any scheduler: the mode is missing and Background App Refresh is off: either may be the answer
    When 1 second later, the app submits a refresh request for "sync"
    Then it is refused with unavailable, or it is refused with notPermitted
    When 1 second passes
    Then the oracle says that the trace conforms
