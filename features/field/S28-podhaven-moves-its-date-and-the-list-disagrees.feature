@case:S28 @rule:SUB-12 @rule:SUB-4 @rule:SUB-9 @os:26.4
# Asked: I moved the date, and the list disagrees
Feature: S28 PodHaven moves its date and the list disagrees
  The second submission reports success, and the list still shows the first date.

  @trace @sequence @conforms @scheduler
  Scenario: A replacement is reported and lost
    PodHaven 2026: a refresh request is submitted again with a later floor; Background App
    Refresh is not recorded. Before 27.0 a submission that succeeds replaces. The refusal was
    not reported, and it left the first request as it was. The text of 27.0 admits unreported
    refusals.

    Given an iPhone with iOS 26.4
    And the app "com.example.podhaven" permits "feedrefresh", with the background modes "fetch"
    And it is not followed: background_refresh
    And the trace is retold from a report
    When the person opens the app, which registers "feedrefresh" while it launches
    And the app submits a refresh request for "feedrefresh", earliest in 30 minutes, and it is accepted
    And the app asks for the pending requests, and it gets these requests:
      | identifier    | kind    | earliest      |
      | "feedrefresh" | refresh | in 30 minutes |
    And 40 seconds later, the app submits a refresh request for "feedrefresh", earliest in 59 minutes 20 seconds, and it is accepted
    And the app asks for the pending requests, and it gets these requests:
      | identifier    | kind    | earliest                 |
      | "feedrefresh" | refresh | in 29 minutes 20 seconds |
    And 10 seconds later, the app leaves the foreground, and 20 seconds later it is suspended
    Then nothing else happens for 3 minutes
    And in the contract profile, the oracle blames the scheduler under SUB-4
    And in the field profile, the oracle says that the trace conforms
    And in the contract profile, on iOS 27.0, the oracle says that the trace conforms
