@case:S19 @os:26.1
# Asked: May I submit a failed task again under its identifier?
Feature: S19 Gopeed resumes under the same identifier
  gopeed: a failed download is submitted again under its identifier, and goes on from the old
  progress.

  Background:
    Given an iPhone with iOS 26.1
    And the app "com.example.gopeed" permits "task.*"
    And the trace is rebuilt from an app's source
    When the person opens the app, which registers nothing while it launches

  @trace @sequence @rule:UIX-6 @conforms @scheduler
  Scenario: The failed card stays beside that of the second task
    An implementation that declares that a retry replaces the card is held to it.

    When 15 seconds later, the app starts a continued task for "task.7", at 0 of 900, caused by a person, titled "movie.mkv", subtitled "0 of 900 MB", and begins its work
    And every 3 seconds, 4 times, the app sets the progress of the "task.7" task, completed 40 and 40 more each time
    And the app leaves the foreground, and the card of the "task.7" task appears, titled "movie.mkv", subtitled "0 of 900 MB"
    And every 3 seconds, 4 times, the app sets the progress of the "task.7" task, completed 200 and 40 more each time
    And 2 seconds later, the app ends the work of "task.7" and completes its task as a failure
    Then the card of the "task.7" task says that it failed, titled "movie.mkv", subtitled "0 of 900 MB"
    When 25 seconds later, the app comes to the foreground
    And 2 seconds later, the app submits a continued request for "task.7", caused by a person, titled "movie.mkv", subtitled "320 of 900 MB", and it is accepted
    Then the 2nd "task.7" task is delivered as a continued task, and the app sets its expiration handler and its progress, completed 320, total 900
    When the app begins the work of "task.7"
    And 3 seconds later, the app sets the progress of the 2nd "task.7" task, completed 360
    And the app leaves the foreground, and the card of the 2nd "task.7" task appears, titled "movie.mkv", subtitled "320 of 900 MB"
    And every 3 seconds, 9 times, the app sets the progress of the 2nd "task.7" task, completed 420 and 60 more each time
    And the app ends the work of "task.7"
    And the app completes the 2nd "task.7" task as a success
    Then the card of the 2nd "task.7" task says that it finished, and goes away 4 seconds later
    And 2 seconds later, the app is suspended, and nothing else happens for 1 minute
    And the oracle says that the trace conforms
    And with failed_card_replaced_on_retry = "yes", the oracle blames the scheduler under UIX-6

  @trace @sequence @rule:UIX-6 @conforms
  Scenario: The failed card goes when the download is submitted again
    When 15 seconds later, the app starts a continued task for "task.7", at 0 of 900, caused by a person, titled "movie.mkv", subtitled "0 of 900 MB", and begins its work
    And every 3 seconds, 4 times, the app sets the progress of the "task.7" task, completed 40 and 40 more each time
    And the app leaves the foreground, and the card of the "task.7" task appears, titled "movie.mkv", subtitled "0 of 900 MB"
    And every 3 seconds, 4 times, the app sets the progress of the "task.7" task, completed 200 and 40 more each time
    And 2 seconds later, the app ends the work of "task.7" and completes its task as a failure
    Then the card of the "task.7" task says that it failed, titled "movie.mkv", subtitled "0 of 900 MB"
    When 25 seconds later, the app comes to the foreground
    And 2 seconds later, the app submits a continued request for "task.7", caused by a person, titled "movie.mkv", subtitled "320 of 900 MB", and it is accepted
    Then the card of the "task.7" task goes away
    And the 2nd "task.7" task is delivered as a continued task, and the app sets its expiration handler and its progress, completed 320, total 900
    When the app begins the work of "task.7"
    And 3 seconds later, the app sets the progress of the 2nd "task.7" task, completed 360
    And the app leaves the foreground, and the card of the 2nd "task.7" task appears, titled "movie.mkv", subtitled "320 of 900 MB"
    And every 3 seconds, 9 times, the app sets the progress of the 2nd "task.7" task, completed 420 and 60 more each time
    And the app ends the work of "task.7"
    And the app completes the 2nd "task.7" task as a success
    Then the card of the 2nd "task.7" task says that it finished, and goes away 4 seconds later
    And 2 seconds later, the app is suspended, and nothing else happens for 1 minute
    And the oracle says that the trace conforms

  @run @sequence @conforms
  Scenario: On any scheduler: the failed card goes when the download is submitted again
    When 15 seconds later, the app registers and submits a continued request for "task.7", caused by a person, titled "movie.mkv", subtitled "0 of 900 MB"
    Then the "task.7" task is delivered as a continued task, and the app sets its expiration handler and its progress, completed 0, total 900
    When the app begins the work of "task.7"
    And every 3 seconds, 4 times, the app sets the progress of the "task.7" task, completed 40 and 40 more each time
    And the app leaves the foreground
    And every 3 seconds, 4 times, the app sets the progress of the "task.7" task, completed 200 and 40 more each time
    And 2 seconds later, the app ends the work of "task.7" and completes its task as a failure
    And 25 seconds later, the app comes to the foreground
    And 2 seconds later, the app submits a continued request for "task.7", caused by a person, titled "movie.mkv", subtitled "320 of 900 MB"
    And the app sets the expiration handler of the 2nd "task.7" task
    And the app sets the progress of the 2nd "task.7" task, completed 320, total 900
    And the app begins the work of "task.7"
    And 3 seconds later, the app sets the progress of the 2nd "task.7" task, completed 360
    And the app leaves the foreground
    And every 3 seconds, 9 times, the app sets the progress of the 2nd "task.7" task, completed 420 and 60 more each time
    And the app ends the work of "task.7"
    And the app completes the 2nd "task.7" task as a success
    And 1 minute 6 seconds pass
    Then the oracle says that the trace conforms
