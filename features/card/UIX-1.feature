@rule:UIX-1 @os:26.0
Feature: UIX-1 Card in background
  Within `reaction_time` of the app leaving the foreground, a running continued task has one card
  with its title, subtitle, progress and a way to stop it, unless the person dismissed it; in the
  foreground it may have one. A card belongs to a continued task or request that runs, waits
  (UIX-7), has failed (UIX-5) or has just succeeded (UIX-4); only one that runs and has not expired
  prompts, and only a card that is there changes, finishes or goes. The other kinds have none
  (CFG-10).

  Background:
    Given an iPhone with iOS 26.0
    And the app "com.example.app" permits "export.*", with the background modes "processing"

  @trace @conforms
  Scenario: A card within the reaction time
    Given the device is calm
    When the person opens the app, which registers nothing while it launches
    And 4 seconds later, the app starts a continued task for "export.1", at 0 of 100, titled "Export", subtitled "Starting"
    And 1 second later, the app leaves the foreground, and the card of the "export.1" task appears, titled "Export", subtitled "Starting"
    And 5 seconds later, the app sets the progress of the "export.1" task, completed 50, 5 seconds later completed 100, and completes it as a success
    Then the card of the "export.1" task says that it finished, and goes away 4 seconds later
    And 2 seconds later, the app is suspended, and nothing else happens for 1 minute
    And the oracle says that the trace conforms
    And otherwise the oracle would blame the scheduler under UIX-1

  @trace @scheduler
  Scenario: No card
    When the person opens the app, which registers nothing while it launches
    And 4 seconds later, the app starts a continued task for "export.1", at 0 of 100, titled "Export", subtitled "Starting"
    And 1 second later, the app leaves the foreground
    And every 20 seconds, 4 times, the app sets the progress of the "export.1" task, completed 10 and 10 more each time
    And 5 seconds later, the app sets the progress of the "export.1" task, completed 50, 5 seconds later completed 100, and completes it as a success
    Then nothing else happens for 1 minute
    And the oracle blames the scheduler under UIX-1

  @run @conforms
  Scenario: On any scheduler: a card within the reaction time
    Given the device is calm
    When the person opens the app, which registers nothing while it launches
    And 4 seconds later, the app registers and submits a continued request for "export.1", titled "Export", subtitled "Starting"
    Then the "export.1" task is delivered as a continued task, and the app sets its expiration handler and its progress, completed 0, total 100
    When 1 second later, the app leaves the foreground
    And 5 seconds later, the app sets the progress of the "export.1" task, completed 50, 5 seconds later completed 100, and completes it as a success
    And 1 minute 6 seconds pass
    Then the oracle says that the trace conforms
