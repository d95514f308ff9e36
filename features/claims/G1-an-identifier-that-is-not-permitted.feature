@case:G1 @os:18.5
# Asked: What if the identifier is not in Info.plist?
Feature: G1 An identifier that is not permitted
  The guide says that a missing entry goes unnoticed. The reference says that the registration returns
  false.

  Background:
    Given an iPhone with iOS 18.5
    And the app "com.example.guide" permits "sync"

  @trace @rule:REG-2 @conforms
  Scenario: Returns false
    An identifier that Info.plist does not permit: the registration returns false.

    When the person opens the app
    And the app registers a handler for "syncc", and it returns false
    And the app finishes launching
    Then nothing else happens for 1 minute
    And the oracle says that the trace conforms
    And otherwise the oracle would blame the scheduler under REG-2

  @trace @rule:REG-2 @conforms @scheduler
  Scenario: The registration returns true, as the guide says
    Apple says that it returns false.

    When the person opens the app, which registers "syncc" while it launches
    Then nothing else happens for 1 minute
    And the oracle blames the scheduler under REG-2
    And with unpermitted_register = "silently_true", the oracle says that the trace conforms

  @run @conforms
  Scenario: On any scheduler: returns false
    When the person opens the app
    And the app registers a handler for "syncc"
    Then it returns false
    When the app finishes launching
    And 1 minute passes
    Then the oracle says that the trace conforms
