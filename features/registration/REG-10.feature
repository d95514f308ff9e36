@rule:REG-10 @os:18.0
Feature: REG-10 Registration ignores conditions
  Registration does not depend on Background App Refresh, on the simulator or on any device condition.

  Background:
    Given an iPhone with iOS 18.0, with Background App Refresh off
    And the app "com.example.app" permits "sync", with the background modes "fetch" and "processing"
    When the person opens the app

  @trace
  Scenario Outline: A registration with Background App Refresh off: <case>
    When the app registers a handler for "sync", and it <answer>
    And the app finishes launching
    Then nothing else happens for 1 second
    And the oracle <verdict>
    And otherwise the oracle would blame the scheduler under REG-10

    @conforms
    Examples:
      | case                                     | answer       | verdict                      |
      | Registration does not look at the switch | returns true | says that the trace conforms |

    @scheduler
    Examples:
      | case                                                     | answer        | verdict                           |
      | Registration fails because Background App Refresh is off | returns false | blames the scheduler under REG-10 |

  @run @conforms
  Scenario: On any scheduler: registration does not look at the switch
    When the app registers a handler for "sync"
    Then it returns true
    When the app finishes launching
    And 1 second passes
    Then the oracle says that the trace conforms
