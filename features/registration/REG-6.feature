@rule:REG-6 @os:26.0
Feature: REG-6 Late exact registration
  A late registration of an identifier that only an exact entry permits returns true: it may be meant
  for continued processing, as in Apple's samples. (One trace of 26.3.1 shows an exception in
  register, reason not visible: kept as "raises".)

  Background:
    Given an iPhone with iOS 26.0
    And the app "com.example.app" permits "export.1", with the background modes "processing"
    When the person opens the app
    And the app finishes launching

  @trace
  Scenario Outline: A late registration under an exact entry: <case>
    When 4 seconds later, the app registers a handler for "export.1", and it <answer>
    Then nothing else happens for 1 second
    And the oracle <verdict>
    And otherwise the oracle would blame the scheduler under REG-6

    @conforms
    Examples:
      | case                                                          | answer       | verdict                      |
      | From 26 a late registration under an exact entry returns true | returns true | says that the trace conforms |

    @scheduler
    Examples:
      | case                                                   | answer        | verdict                          |
      | A late registration under an exact entry returns false | returns false | blames the scheduler under REG-6 |

  @trace @conforms @scheduler
  Scenario: A late registration returns true, on one version and another
    Seen to raise on one device.

    When 4 seconds later, the app registers a handler for "export.1", and it raises "All launch handlers must be registered before application finishes launching"
    And the app crashes
    Then nothing else happens for 1 second
    And in the contract profile, the oracle blames the scheduler under REG-6
    And in the field profile, the oracle says that the trace conforms

  @run @conforms
  Scenario: On any scheduler: from 26 a late registration under an exact entry returns true
    When 4 seconds later, the app registers a handler for "export.1"
    Then it returns true
    When 1 second passes
    Then the oracle says that the trace conforms
