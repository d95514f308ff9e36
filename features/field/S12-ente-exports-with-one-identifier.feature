@case:S12 @os:26.2
# Asked: One identifier for all exports: what then?
Feature: S12 Ente exports with one identifier
  Indeterminate progress at first, then bytes, and one completion at the end of the last export.

  Background:
    Given an iPhone with iOS 26.2
    And the app "com.example.ente" permits "export"
    And the trace is rebuilt from an app's source
    When the person opens the app, which registers "export" while it launches

  @trace @rule:PRG-10 @conforms
  Scenario: Indeterminate, then bytes
    ente: one continued task for all running exports. A total of -1 while several exports run is
    indeterminate and no error; bytes follow, and the task ends with the last export.

    When 40 seconds later, the app submits a continued request for "export", caused by a person, and it is accepted:
      | with      | strategy fail |
      | titled    | "Exporting"   |
      | subtitled | "3 albums"    |
    Then the "export" task is delivered as a continued task, and the app sets its expiration handler and its progress, completed 0, total -1
    When the app begins the work of "export"
    And every 4 seconds, 3 times, the app sets the progress of the "export" task, completed 1 and 1 more each time
    And 2 seconds later, the app leaves the foreground, and the card of the "export" task appears, titled "Exporting", subtitled "3 albums"
    And 3 seconds later, the app sets the progress of the "export" task, completed 6200000, total 48000000
    And every 3 seconds, 5 times, the app sets the progress of the "export" task, completed 14000000 and 8000000 more each time
    And 2 seconds later, the app sets the progress of the "export" task, completed 48000000
    And the app ends the work of "export" and completes its task as a success
    Then the card of the "export" task says that it finished, and goes away 4 seconds later
    And 2 seconds later, the app is suspended, and nothing else happens for 1 minute
    And the oracle says that the trace conforms

  @run @conforms
  Scenario: On any scheduler: indeterminate, then bytes
    When 40 seconds later, the app submits a continued request for "export", caused by a person:
      | with      | strategy fail |
      | titled    | "Exporting"   |
      | subtitled | "3 albums"    |
    Then the "export" task is delivered as a continued task, and the app sets its expiration handler and its progress, completed 0, total -1
    When the app begins the work of "export"
    And every 4 seconds, 3 times, the app sets the progress of the "export" task, completed 1 and 1 more each time
    And 2 seconds later, the app leaves the foreground
    And 3 seconds later, the app sets the progress of the "export" task, completed 6200000, total 48000000
    And every 3 seconds, 5 times, the app sets the progress of the "export" task, completed 14000000 and 8000000 more each time
    And 2 seconds later, the app sets the progress of the "export" task, completed 48000000
    And the app ends the work of "export" and completes its task as a success
    And 1 minute 6 seconds pass
    Then the oracle says that the trace conforms
