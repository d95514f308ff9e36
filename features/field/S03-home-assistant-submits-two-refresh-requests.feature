@case:S03
# Asked: Why is my second refresh request refused?
Feature: S03 Home Assistant submits two refresh requests
  Home Assistant iOS: two refresh identifiers, each submitted right after its registration. Only
  one may be pending.

  Background:
    Given the app "com.example.homeassistant" permits "backgroundfetch" and "refreshsensors", with the background modes "fetch"
    And the trace is rebuilt from an app's source

  @trace @rule:SUB-5 @os:18.5 @conforms
  Scenario: The second is refused
    One refresh request is pending already; the second identifier gets
    tooManyPendingTaskRequests.

    Given an iPhone with iOS 18.5
    When the person opens the app
    And the app registers and submits a refresh request for "backgroundfetch", earliest in 15 minutes, and it is accepted
    And the app registers and submits a refresh request for "refreshsensors", and it is refused with tooManyPendingTaskRequests
    And the app finishes launching
    And the app asks for the pending requests, and it gets these requests:
      | identifier        | kind    | earliest      |
      | "backgroundfetch" | refresh | in 15 minutes |
    And 30 seconds later, the app leaves the foreground, and 20 seconds later it is suspended
    Then nothing else happens for 5 minutes
    And the oracle says that the trace conforms

  @trace @rule:SUB-12 @rule:SUB-5 @os:26.1 @conforms @scheduler
  Scenario: The second submission reports success, is not listed and never runs
    Nobody saw that before 26.0. Before 27.0 Apple documents no such loss. Seen on devices. The
    text of 27.0 admits it.

    Given an iPhone with iOS 26.1
    When the person opens the app
    And the app registers and submits a refresh request for "backgroundfetch", earliest in 15 minutes, and it is accepted
    And the app registers and submits a refresh request for "refreshsensors", and it is accepted
    And the app finishes launching
    And the app asks for the pending requests, and it gets these requests:
      | identifier        | kind    | earliest      |
      | "backgroundfetch" | refresh | in 15 minutes |
    And 30 seconds later, the app leaves the foreground, and 20 seconds later it is suspended
    Then nothing else happens for 1 day 23 hours 59 minutes 10 seconds
    And in the contract profile, the oracle blames the scheduler under SUB-5
    And in the field profile, the oracle says that the trace conforms
    And in the contract profile, on iOS 27.0, the oracle says that the trace conforms
    And in the field profile, on iOS 18.5, the oracle blames the scheduler under SUB-5

  @trace @rule:SUB-5 @os:26.1 @conforms @scheduler
  Scenario: Two refresh requests are pending at once
    An implementation may declare a higher limit.

    Given an iPhone with iOS 26.1
    When the person opens the app
    And the app registers and submits a refresh request for "backgroundfetch", earliest in 15 minutes, and it is accepted
    And the app registers and submits a refresh request for "refreshsensors", and it is accepted
    And the app finishes launching
    And the app asks for the pending requests, and it gets these requests:
      | identifier        | kind    | earliest      |
      | "backgroundfetch" | refresh | in 15 minutes |
      | "refreshsensors"  | refresh |               |
    And 30 seconds later, the app leaves the foreground, and 20 seconds later it is suspended
    Then nothing else happens for 5 minutes
    And the oracle blames the scheduler under SUB-5
    And with refresh_limit = "2", the oracle says that the trace conforms

  @run @os:18.5 @conforms
  Scenario: On any scheduler: the second is refused
    Given an iPhone with iOS 18.5
    When the person opens the app
    And the app registers and submits a refresh request for "backgroundfetch", earliest in 15 minutes
    And the app registers and submits a refresh request for "refreshsensors"
    Then it is refused with tooManyPendingTaskRequests
    When the app finishes launching
    And the app asks for the pending requests
    And 30 seconds later, the app leaves the foreground
    And 5 minutes 20 seconds pass
    Then the oracle says that the trace conforms
