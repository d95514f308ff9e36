@rule:DAT-1 @os:18.0
Feature: DAT-1 After first unlock readable
  Data of class completeUntilFirstUserAuthentication (keychain: afterFirstUnlock) is readable from the
  first unlock after a boot until the next boot, in the background too.

  Background:
    Given an iPhone with iOS 18.0
    And the app "com.example.app" permits "sync", with the background modes "fetch" and "processing"

  @trace
  Scenario Outline: A read after the first unlock: <case>
    When the person opens the app, which registers "sync" while it launches
    And 1 minute later, the app leaves the foreground
    And 5 seconds later, the device is now idle and locked
    And 1 minute later, the app reads data of class completeUntilFirstUserAuthentication, and it <answer>
    Then 1 second later, the app is suspended, and nothing else happens for 1 second
    And the oracle <verdict>
    And otherwise the oracle would blame the device under DAT-1

    @conforms
    Examples:
      | case                            | answer   | verdict                      |
      | Readable since the first unlock | succeeds | says that the trace conforms |

    @device
    Examples:
      | case                                               | answer | verdict                       |
      | Not readable although the device was unlocked once | fails  | blames the device under DAT-1 |
