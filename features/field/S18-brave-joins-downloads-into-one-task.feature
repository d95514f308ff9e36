@case:S18 @os:26.2
# Asked: Several downloads in one task: how?
Feature: S18 Brave joins downloads into one task
  The second download changes the title, and the person stops both.

  Background:
    Given an iPhone with iOS 26.2
    And the app "com.example.brave"
    And it permits "download.*"
    And the trace is rebuilt from an app's source
    When the person opens the app
    And the app finishes launching
    And 30 seconds later, the app registers a handler for "download.51", and it returns true

  @trace @rule:UIX-3 @conforms
  Scenario: A second download joins
    Brave: one continued task for all downloads of a window. The second download joins the running task
    by a new title and a new total; the person stops both at once.

    When the app submits a continued request for "download.51", caused by a person, titled "Downloading", subtitled "1 item", and it is accepted
    Then the "download.51" task is delivered as a continued task
    When the app sets the expiration handler of the "download.51" task
    And the app sets the progress of the "download.51" task, completed 0, total 80000000
    And the app begins the work of "download.51"
    And 2 seconds later, the app sets the progress of the "download.51" task, completed 9000000
    And 2 seconds later, the app sets the progress of the "download.51" task, completed 18000000
    And the app titles the "download.51" task "Downloading" and "2 items"
    And the app sets the progress of the "download.51" task, completed 20000000, total 210000000
    And 2 seconds later, the app leaves the foreground
    Then the card of the "download.51" task appears, titled "Downloading", subtitled "2 items"
    When every 4 seconds, 6 times, the app sets the progress of the "download.51" task, completed 34000000 and 14000000 more each time
    And 2 seconds later, the person stops the "download.51" task
    Then 3 seconds later, the "download.51" task is expired
    When the app ends the work of "download.51"
    And the app completes the "download.51" task as a failure
    Then the card of the "download.51" task goes away
    And 3 seconds later, the app is suspended
    And nothing else happens for 1 minute
    And the oracle says that the trace conforms
    And otherwise the oracle would blame the scheduler under UIX-3

  @run @conforms
  Scenario: On any scheduler: a second download joins
    When the app submits a continued request for "download.51", caused by a person, titled "Downloading", subtitled "1 item"
    Then the "download.51" task is delivered as a continued task
    When the app sets the expiration handler of the "download.51" task
    And the app sets the progress of the "download.51" task, completed 0, total 80000000
    And the app begins the work of "download.51"
    And 2 seconds later, the app sets the progress of the "download.51" task, completed 9000000
    And 2 seconds later, the app sets the progress of the "download.51" task, completed 18000000
    And the app titles the "download.51" task "Downloading" and "2 items"
    And the app sets the progress of the "download.51" task, completed 20000000, total 210000000
    And 2 seconds later, the app leaves the foreground
    And every 4 seconds, 6 times, the app sets the progress of the "download.51" task, completed 34000000 and 14000000 more each time
    And 2 seconds later, the person stops the "download.51" task
    And 3 seconds later, the app ends the work of "download.51"
    And the app completes the "download.51" task as a failure
    And 1 minute 3 seconds pass
    Then the oracle says that the trace conforms
