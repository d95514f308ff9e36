@case:F05 @source:forum-809661 @os:26.1
# Asked: My app is killed for memory: what becomes of the task?
Feature: F05 The app is killed for memory
  Forum 809661: an app of 37 MB is terminated for memory while the person scrolls in Safari. It
  goes without a word. A pending request outlives that; the interrupted one does not run again by
  itself.

  Background:
    Given an iPhone with iOS 26.1
    And the app "com.example.podcatcher" permits "refresh" and "download.*", with the background modes "fetch" and "processing"
    And the trace is retold from a report
    When the person opens the app, which registers "refresh" while it launches

  @trace @rule:EXP-12 @conforms
  Scenario: A suspended process without a task may go at any time, without a word
    When 40 seconds later, the app leaves the foreground, and 6 seconds later it is suspended
    And 4 minutes later, memory runs short and the app is killed
    Then nothing else happens for 10 minutes
    And the oracle says that the trace conforms

  @trace @rule:EXP-12 @rule:UIX-5 @conforms
  Scenario: Memory pressure ends a running task without its expiration handler
    When 20 seconds later, the app starts a continued task for "download.1", at 0 of 100, titled "Episode 12", subtitled "Downloading", and begins its work
    And every 3 seconds, 3 times, the app sets the progress of the "download.1" task, completed 10 and 10 more each time
    And 1 second later, the app leaves the foreground, and the card of the "download.1" task appears, titled "Episode 12", subtitled "Downloading"
    And every 3 seconds, 3 times, the app sets the progress of the "download.1" task, completed 40 and 10 more each time
    And 1 second later, memory runs short and the app is killed
    Then the card of the "download.1" task says that it failed
    And nothing else happens for 10 minutes
    And the oracle says that the trace conforms

  @trace @rule:LIF-1 @rule:LIF-2 @conforms
  Scenario: The kill costs neither the request nor the right to be launched
    When the app submits a refresh request for "refresh", earliest in 30 minutes, and it is accepted
    And 39 seconds later, the app leaves the foreground, and 6 seconds later it is suspended
    And 4 minutes later, memory runs short and the app is killed
    Then 55 minutes 14 seconds later, the app is launched in the background, for "refresh", and registers "refresh" while it launches
    And the "refresh" task is delivered as a refresh task, and the app sets its expiration handler and submits a refresh request for "refresh", earliest in 30 minutes, and it is accepted
    When 4 seconds later, the app completes the "refresh" task as a success, and is suspended
    Then nothing else happens for 1 minute
    And the oracle says that the trace conforms

  @trace @rule:LAU-9 @scheduler
  Scenario: The interrupted request runs again by itself
    The request was spent with its launch; nothing is outstanding when it runs again.

    When the app submits a processing request for "refresh", and it is accepted
    And 39 seconds later, the person puts the device away, idle and locked, and 2 seconds later the app is suspended
    Then 59 minutes 10 seconds later, the "refresh" task is delivered as a processing task, and the app sets its expiration handler and begins its work
    When 20 seconds later, memory runs short and the app is killed
    Then 59 minutes 40 seconds later, the app is launched in the background, for "refresh", and registers "refresh" while it launches
    And the 2nd "refresh" task is delivered as a processing task, and the app sets its expiration handler
    When 20 seconds later, the app completes the 2nd "refresh" task as a success, and is suspended
    Then nothing else happens for 1 minute
    And the oracle blames the scheduler under LAU-9

  @run @conforms
  Scenario: On any scheduler: a suspended process without a task may go at any time, without a word
    When 40 seconds later, the app leaves the foreground
    And 4 minutes 6 seconds later, memory runs short and the app is killed
    And 10 minutes pass
    Then nothing is delivered
    And the oracle says that the trace conforms

  @run @conforms
  Scenario: On any scheduler: memory pressure ends a running task without its expiration handler
    When 20 seconds later, the app registers and submits a continued request for "download.1", titled "Episode 12", subtitled "Downloading"
    Then the "download.1" task is delivered as a continued task, and the app sets its expiration handler and its progress, completed 0, total 100
    When the app begins the work of "download.1"
    And every 3 seconds, 3 times, the app sets the progress of the "download.1" task, completed 10 and 10 more each time
    And 1 second later, the app leaves the foreground
    And every 3 seconds, 3 times, the app sets the progress of the "download.1" task, completed 40 and 10 more each time
    And 1 second later, memory runs short and the app is killed
    And 10 minutes pass
    Then the oracle says that the trace conforms
