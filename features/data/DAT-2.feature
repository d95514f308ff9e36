@rule:DAT-2 @os:18.0
Feature: DAT-2 Complete while unlocked
  Data of class complete (keychain: whenUnlocked) can be read while the device is unlocked; while it
  is locked or booting the read fails, a keychain item with errSecInteractionNotAllowed (-25308), a
  file with a file error. In the first 10 seconds of a lock either answer is allowed, and on a device
  without a passcode always.

  Background:
    Given an iPhone with iOS 18.0
    And the app "com.example.app" permits "sync", with the background modes "fetch" and "processing"
    When the person opens the app, which registers "sync" while it launches

  @trace
  Scenario Outline: A read while unlocked: <case>
    When 1 second later, the app reads data of class complete, and it <answer>
    Then nothing else happens for 1 second
    And the oracle <verdict>
    And otherwise the oracle would blame the device under DAT-2

    @conforms
    Examples:
      | case                    | answer   | verdict                      |
      | Readable while unlocked | succeeds | says that the trace conforms |

    @device
    Examples:
      | case                        | answer | verdict                       |
      | Not readable while unlocked | fails  | blames the device under DAT-2 |

  @trace @conforms
  Scenario: In the first ten seconds either answer is allowed
    When 1 minute later, the app leaves the foreground
    And 5 seconds later, the device is now idle and locked
    And 9 seconds later, the app reads data of class complete, and it succeeds
    Then 1 second later, the app is suspended, and nothing else happens for 1 second
    And the oracle says that the trace conforms

  @trace @rule:DAT-3 @app @device
  Scenario: Readable while locked
    When 1 minute later, the app leaves the foreground
    And 5 seconds later, the device is now idle and locked
    And 1 minute later, the app reads data of class complete, and it succeeds
    Then 1 second later, the app is suspended, and nothing else happens for 1 second
    And the oracle blames the app under DAT-3
    And the oracle blames the device under DAT-2

  @run @conforms
  Scenario: On any scheduler: readable while unlocked
    When 1 second later, the app reads data of class complete
    Then it succeeds
    When 1 second passes
    Then the oracle says that the trace conforms
