@rule:PRG-6 @os:26.0
Feature: PRG-6 Calm expires only for reason
  On a device that the trace calls calm, a continued task is expired only for a stall of at least
  `stall_timeout` (PRG-2), the person's Stop, an ignored prompt (PRG-7), a cancel (CAN-4), a lock
  where PRG-9 leaves it open, or a simulated expiration. There is no run limit. Each reason has an
  end: Stop, a cancel and a simulated expiration `reaction_time` after it; a prompt, if one was
  shown (or cards are not recorded), at Continue, or `reaction_time` after the next progress; a lock
  at the first progress after the unlock. Binding where `stall_timeout` has a number.

  Background:
    Given an iPhone with iOS 26.0
    And the app "com.example.app" permits "export.*", with the background modes "processing"

  @trace
  Scenario Outline: An expiration without a stall: <case>
    Given <what happens>
    When the person opens the app, which registers nothing while it launches
    And 4 seconds later, the app starts a continued task for "export.1", at 0 of 100, titled "Export", subtitled "Starting"
    And 1 second later, the app leaves the foreground, and the card of the "export.1" task appears, titled "Export", subtitled "Starting"
    And every 5 seconds, 3 times, the app sets the progress of the "export.1" task, completed 10 and 10 more each time
    Then 1 second later, the "export.1" task is expired, the app completes it as a failure, and its card says that it failed
    And 2 seconds later, the app is suspended, and nothing else happens for 1 minute
    And the oracle <verdict>

    @conforms
    Examples:
      | case                  | what happens                 | verdict                      |
      | The device is pressed | the device is under pressure | says that the trace conforms |

    @scheduler
    Examples:
      | case                                     | what happens       | verdict                          |
      | Expired without a stall on a calm device | the device is calm | blames the scheduler under PRG-6 |

  @run @conforms
  Scenario: On any scheduler: the device is pressed
    Given the device is under pressure
    When the person opens the app, which registers nothing while it launches
    And 4 seconds later, the app registers and submits a continued request for "export.1", titled "Export", subtitled "Starting"
    Then the "export.1" task is delivered as a continued task, and the app sets its expiration handler and its progress, completed 0, total 100
    When 1 second later, the app leaves the foreground
    And every 5 seconds, 3 times, the app sets the progress of the "export.1" task, completed 10 and 10 more each time
    And 1 second later, the app completes the "export.1" task as a failure
    And 1 minute 2 seconds pass
    Then the oracle says that the trace conforms
