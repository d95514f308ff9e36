@rule:SUB-27 @os:18.0
Feature: SUB-27 Submit permitted and registered
  The app submits only identifiers that Info.plist permits and, unless the caller is an extension,
  that have a handler in its process.

  Background:
    Given an iPhone with iOS 18.0
    And the app "com.example.app" permits "sync", with the background modes "fetch" and "processing"
    When the person opens the app, which registers "sync" while it launches

  @trace @conforms
  Scenario: Permitted and registered
    When the app submits a refresh request for "sync", and it is accepted
    Then nothing else happens for 1 second
    And the oracle says that the trace conforms
    And otherwise the oracle would blame the app under SUB-27

  @trace @app
  Scenario: An identifier that Info.plist does not permit
    When 1 second later, the app submits a refresh request for "news", and it is refused with notPermitted
    Then nothing else happens for 1 second
    And the oracle blames the app under SUB-27

  @run
  Scenario Outline: Submitted on any scheduler: <case>
    When <what happens>
    Then it <answer>
    When 1 second passes
    Then the oracle <verdict>

    @conforms
    Examples:
      | case                                  | what happens                                 | verdict                      | answer      |
      | A permitted and registered identifier | the app submits a refresh request for "sync" | says that the trace conforms | is accepted |

    @app
    Examples:
      | case                                          | what happens                                                 | verdict                     | answer                       |
      | An identifier that Info.plist does not permit | 1 second later, the app submits a refresh request for "news" | blames the app under SUB-27 | is refused with notPermitted |
