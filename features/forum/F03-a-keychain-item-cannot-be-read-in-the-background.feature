@case:F03 @source:forum-809534 @os:18.5
# Asked: Why can I not read the keychain in the background?
Feature: F03 A keychain item cannot be read in the background
  Forum 809534: errSecInteractionNotAllowed for a keychain item in the background. The class of an
  item decides whether a task may read it before the first unlock after a boot, and while the
  device is locked.

  Background:
    Given an iPhone with iOS 18.5
    And the app "com.example.vault" permits "sync", with the background modes "fetch"
    And the device has a passcode
    And the trace is retold from a report

  @trace @rule:DAT-1 @conforms
  Scenario: Read before the first unlock
    Started by a push after a boot, before the first unlock: the item cannot be read yet.

    When 1 minute later, the device reboots
    And 40 seconds later, the app is started in the background for another reason, and registers "sync" while it launches
    And the app reads data of class completeUntilFirstUserAuthentication, and it fails
    Then 2 seconds later, the app is suspended, and nothing else happens for 1 minute
    And the oracle says that the trace conforms
    And otherwise the oracle would blame the device under DAT-1

  @trace @rule:DAT-1 @device
  Scenario: Locked again for a minute, an afterFirstUnlock item fails
    The device was unlocked since its boot: the item stays readable, locked or not.

    When the person opens the app, which registers "sync" while it launches
    And 30 seconds later, the app leaves the foreground
    And 2 seconds later, something else keeps the app awake
    And 3 seconds later, the device is now idle and locked
    And 1 minute later, the app reads data of class completeUntilFirstUserAuthentication, and it fails
    And 2 seconds later, nothing else keeps the app awake any more
    Then 2 seconds later, the app is suspended, and nothing else happens for 1 minute
    And the oracle blames the device under DAT-1

  @trace @conforms
  Scenario: Locked again, and readable all the same
    When the person opens the app, which registers "sync" while it launches
    And 30 seconds later, the app leaves the foreground
    And 2 seconds later, something else keeps the app awake
    And 3 seconds later, the device is now idle and locked
    And 1 minute later, the app reads data of class completeUntilFirstUserAuthentication, and it succeeds
    And 2 seconds later, nothing else keeps the app awake any more
    Then 2 seconds later, the app is suspended, and nothing else happens for 1 minute
    And the oracle says that the trace conforms

  @trace @rule:DAT-2 @rule:DAT-3 @app
  Scenario: Locked for a minute, a whenUnlocked item fails
    The read fails as it must; work that runs while the device is locked should not need such an
    item.

    When the person opens the app, which registers "sync" while it launches
    And 30 seconds later, the app leaves the foreground
    And 2 seconds later, something else keeps the app awake
    And 3 seconds later, the device is now idle and locked
    And 1 minute later, the app reads data of class complete, and it fails
    And 2 seconds later, nothing else keeps the app awake any more
    Then 2 seconds later, the app is suspended, and nothing else happens for 1 minute
    And the oracle blames the app under DAT-3
    And otherwise the oracle would blame the device under DAT-2

  @trace @rule:DAT-2 @conforms
  Scenario Outline: A read a second after the lock: <case>
    When the person opens the app, which registers "sync" while it launches
    And 30 seconds later, the app leaves the foreground
    And 2 seconds later, something else keeps the app awake
    And 3 seconds later, the device is now idle and locked
    And 1 second later, the app reads data of class complete, and it <answer>
    And 2 seconds later, nothing else keeps the app awake any more
    Then 2 seconds later, the app is suspended, and nothing else happens for 1 minute
    And the oracle says that the trace conforms

    Examples:
      | case                        | answer   |
      | A whenUnlocked item is read | succeeds |
      | A whenUnlocked item fails   | fails    |

  @trace @rule:CON-5 @scheduler
  Scenario: Launched between the boot and the first unlock
    When the person opens the app, which registers "sync" while it launches
    And the app submits a refresh request for "sync", earliest in 15 minutes, and it is accepted
    And 1 minute later, the app leaves the foreground
    And 3 seconds later, the device is now idle and locked
    Then 2 seconds later, the app is suspended
    When 49 minutes later, the device reboots
    Then 5 minutes later, the app is launched in the background, for "sync", and registers "sync" while it launches
    And the "sync" task is delivered as a refresh task, and the app sets its expiration handler and submits a refresh request for "sync", earliest in 20 minutes, and it is accepted
    When the app completes the "sync" task as a failure, and is suspended
    Then nothing else happens for 1 minute
    And the oracle blames the scheduler under CON-5

  @run @conforms
  Scenario: On any scheduler: read before the first unlock
    When 1 minute later, the device reboots
    And 40 seconds later, the app is started in the background for another reason, and registers "sync" while it launches
    And the app reads data of class completeUntilFirstUserAuthentication
    Then it fails
    When 1 minute 2 seconds pass
    Then the oracle says that the trace conforms

  @run @conforms
  Scenario: On any scheduler: locked again, and readable all the same
    When the person opens the app, which registers "sync" while it launches
    And 30 seconds later, the app leaves the foreground
    And 2 seconds later, something else keeps the app awake
    And 3 seconds later, the device is now idle and locked
    And 1 minute later, the app reads data of class completeUntilFirstUserAuthentication
    Then it succeeds
    When 2 seconds later, nothing else keeps the app awake any more
    And 1 minute 2 seconds pass
    Then the oracle says that the trace conforms
