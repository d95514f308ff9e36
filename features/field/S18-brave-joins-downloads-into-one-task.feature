@case:S18 @os:26.2
# Asked: Several downloads in one task: how?
Feature: S18 Brave joins downloads into one task
  The second download changes the title, and the person stops both.

  Background:
    Given an iPhone with iOS 26.2
    And the app "com.example.brave" permits "download.*"
    And the trace is rebuilt from an app's source
    When the person opens the app, which registers nothing while it launches

  @trace @rule:UIX-3 @conforms
  Scenario: A second download joins
    Brave: one continued task for all downloads of a window. The second download joins the running task
    by a new title and a new total; the person stops both at once.

    When 30 seconds later, the app starts a continued task for "download.51", at 0 of 80000000, caused by a person, titled "Downloading", subtitled "1 item", and begins its work
    And 2 seconds later, the app sets the progress of the "download.51" task, completed 9000000
    And 2 seconds later, the app sets the progress of the "download.51" task, completed 18000000, and titles it "Downloading" and "2 items"
    And the app sets the progress of the "download.51" task, completed 20000000, total 210000000
    And 2 seconds later, the app leaves the foreground, and the card of the "download.51" task appears, titled "Downloading", subtitled "2 items"
    And every 4 seconds, 6 times, the app sets the progress of the "download.51" task, completed 34000000 and 14000000 more each time
    And 2 seconds later, the person stops the "download.51" task
    Then 3 seconds later, the "download.51" task is expired, and the app ends its work and completes it as a failure
    And the card of the "download.51" task goes away
    And 3 seconds later, the app is suspended, and nothing else happens for 1 minute
    And the oracle says that the trace conforms
    And otherwise the oracle would blame the scheduler under UIX-3

  @run @conforms
  Scenario: On any scheduler: a second download joins
    When 30 seconds later, the app registers and submits a continued request for "download.51", caused by a person, titled "Downloading", subtitled "1 item"
    Then the "download.51" task is delivered as a continued task, and the app sets its expiration handler and its progress, completed 0, total 80000000
    When the app begins the work of "download.51"
    And 2 seconds later, the app sets the progress of the "download.51" task, completed 9000000
    And 2 seconds later, the app sets the progress of the "download.51" task, completed 18000000, and titles it "Downloading" and "2 items"
    And the app sets the progress of the "download.51" task, completed 20000000, total 210000000
    And 2 seconds later, the app leaves the foreground
    And every 4 seconds, 6 times, the app sets the progress of the "download.51" task, completed 34000000 and 14000000 more each time
    And 2 seconds later, the person stops the "download.51" task
    And 3 seconds later, the app ends the work of "download.51" and completes its task as a failure
    And 1 minute 3 seconds pass
    Then the oracle says that the trace conforms
