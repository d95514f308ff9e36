@case:F13 @source:forum-757695 @os:18.1
# Asked: Does it work on the Mac?
Feature: F13 Background processing on Mac Catalyst
  Forum 757695: a Mac Catalyst app. The submission succeeds, the pending list stays empty, and
  nothing runs.

  Background:
    Given a Mac with Mac Catalyst 18.1
    And the app "com.example.notes" permits "sync", with the background modes "fetch"
    And the trace is retold from a report
    When the person opens the app, which registers "sync" while it launches
    And the app submits a refresh request for "sync", earliest in 15 minutes, and it is accepted

  @trace @rule:CFG-6 @rule:PEN-1 @conforms @scheduler
  Scenario: On the Mac nothing is pending and nothing runs
    The reference says that it works on the Mac: an accepted request is pending.

    When the app asks for the pending requests, and it gets nothing
    And 1 minute later, the app leaves the foreground
    Then nothing else happens for 23 hours 59 minutes
    And the oracle says that the trace conforms
    And with mac_scheduler = "works", the oracle blames the scheduler under PEN-1

  @trace @conforms
  Scenario: Accepted and listed, as everywhere
    When the app asks for the pending requests, and it gets these requests:
      | identifier | kind    | earliest      |
      | "sync"     | refresh | in 15 minutes |
    And 1 minute later, the app leaves the foreground
    Then nothing else happens for 1 minute
    And the oracle says that the trace conforms
    And otherwise the oracle would blame the scheduler under PEN-1

  @run @conforms
  Scenario: On any scheduler: accepted and listed, as everywhere
    When the app asks for the pending requests
    And 1 minute later, the app leaves the foreground
    And 1 minute passes
    Then the oracle says that the trace conforms
