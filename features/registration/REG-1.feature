@rule:REG-1 @os:18.0
Feature: REG-1 Registers while launching
  Registering a permitted concrete identifier while the app is still launching returns true. (Very
  long ones: IDN-9.)

  Background:
    Given an iPhone with iOS 18.0
    And the app "com.example.app" permits "sync", with the background modes "fetch" and "processing"
    When the person opens the app

  @trace
  Scenario Outline: A registration while the app launches: <case>
    When the app registers a handler for "sync", and it <answer>
    And the app finishes launching
    Then nothing else happens for 1 second
    And the oracle <verdict>
    And otherwise the oracle would blame the scheduler under REG-1

    @conforms
    Examples:
      | case                             | answer       | verdict                      |
      | Registered while launching: true | returns true | says that the trace conforms |

    @scheduler
    Examples:
      | case                                                         | answer        | verdict                          |
      | A permitted identifier registered while launching gets false | returns false | blames the scheduler under REG-1 |

  @run @conforms
  Scenario: On any scheduler: registered while launching: true
    When the app registers a handler for "sync"
    Then it returns true
    When the app finishes launching
    And 1 second passes
    Then the oracle says that the trace conforms
