@case:F06 @source:forum-805554 @os:26.0
# Asked: Why does my long upload expire?
Feature: F06 A long upload expires unexpectedly
  Forum 805554: hundreds of files go up in one continued task, a unit of progress for each.
  Whether the system may expire it hangs on how long the progress stood still, and on the
  pressure.

  Background:
    Given an iPhone with iOS 26.0
    And the app "com.example.archive" permits "upload.*"
    And the trace is retold from a report

  @trace @rule:PRG-6 @scheduler
  Scenario: 10 MB files, a unit each 8 s, expired after an hour
    Progress comes every eight seconds on a calm device; there is no run limit, and no stall to
    expire it for.

    Given the device is calm
    When the person opens the app, which registers nothing while it launches
    And 20 seconds later, the app starts a continued task for "upload.1", at 0 of 600, titled "Uploading", subtitled "Files", and begins its work
    And the app leaves the foreground, and the card of the "upload.1" task appears, titled "Uploading", subtitled "Files"
    And every 8 seconds, 450 times, the app sets the progress of the "upload.1" task, completed 1 and 1 more each time
    Then 3 seconds later, the "upload.1" task is expired, the app ends its work and completes it as a failure, and its card says that it failed
    And 2 seconds later, the app is suspended, and nothing else happens for 1 minute
    And the oracle blames the scheduler under PRG-6

  @trace @rule:EXP-4 @conforms
  Scenario: The trace does not tell the pressure, which may be the reason
    When the person opens the app, which registers nothing while it launches
    And 20 seconds later, the app starts a continued task for "upload.1", at 0 of 600, titled "Uploading", subtitled "Files", and begins its work
    And the app leaves the foreground, and the card of the "upload.1" task appears, titled "Uploading", subtitled "Files"
    And every 8 seconds, 450 times, the app sets the progress of the "upload.1" task, completed 1 and 1 more each time
    Then 3 seconds later, the "upload.1" task is expired, the app ends its work and completes it as a failure, and its card says that it failed
    And 2 seconds later, the app is suspended, and nothing else happens for 1 minute
    And the oracle says that the trace conforms

  @trace @conforms
  Scenario: Twenty-five seconds between units stay below the stall time-out
    Given the device is calm
    When the person opens the app, which registers nothing while it launches
    And 20 seconds later, the app starts a continued task for "upload.1", at 0 of 40, titled "Uploading", subtitled "Files", and begins its work
    And the app leaves the foreground, and the card of the "upload.1" task appears, titled "Uploading", subtitled "Files"
    And every 25 seconds, 40 times, the app sets the progress of the "upload.1" task, completed 1 and 1 more each time
    And the app ends the work of "upload.1" and completes its task as a success
    Then the card of the "upload.1" task says that it finished, and goes away 4 seconds later
    And 2 seconds later, the app is suspended, and nothing else happens for 1 minute
    And the oracle says that the trace conforms

  @trace @rule:PRG-6 @scheduler
  Scenario: Expired twenty-five seconds after the last unit
    Given the device is calm
    When the person opens the app, which registers nothing while it launches
    And 20 seconds later, the app starts a continued task for "upload.1", at 0 of 600, titled "Uploading", subtitled "Files", and begins its work
    And the app leaves the foreground, and the card of the "upload.1" task appears, titled "Uploading", subtitled "Files"
    And every 25 seconds, 9 times, the app sets the progress of the "upload.1" task, completed 1 and 1 more each time
    Then 25 seconds later, the "upload.1" task is expired, the app ends its work and completes it as a failure, and its card says that it failed
    And 2 seconds later, the app is suspended, and nothing else happens for 1 minute
    And the oracle blames the scheduler under PRG-6

  @trace @rule:PRG-1 @rule:PRG-2 @app
  Scenario: A pause of 40 s, expired
    Forty seconds without progress: the app stalls, and the task may be expired.

    Given the device is calm
    When the person opens the app, which registers nothing while it launches
    And 20 seconds later, the app starts a continued task for "upload.1", at 0 of 600, titled "Uploading", subtitled "Files", and begins its work
    And the app leaves the foreground, and the card of the "upload.1" task appears, titled "Uploading", subtitled "Files"
    And every 25 seconds, 9 times, the app sets the progress of the "upload.1" task, completed 1 and 1 more each time
    Then 40 seconds later, the "upload.1" task is expired, the app ends its work and completes it as a failure, and its card says that it failed
    And 2 seconds later, the app is suspended, and nothing else happens for 1 minute
    And the oracle blames the app under PRG-1

  @trace @sequence @rule:PRG-12 @rule:PRG-7 @conforms
  Scenario: Continue: the task goes on
    Given the device is calm
    When the person opens the app, which registers nothing while it launches
    And 20 seconds later, the app starts a continued task for "upload.1", at 0 of 600, titled "Uploading", subtitled "Files", and begins its work
    And the app leaves the foreground, and the card of the "upload.1" task appears, titled "Uploading", subtitled "Files"
    And every 20 seconds, 15 times, the app sets the progress of the "upload.1" task, completed 1 and 1 more each time
    Then 2 seconds later, the card of the "upload.1" task asks whether to go on
    When 9 seconds later, the person lets the "upload.1" task go on
    Then the card of the "upload.1" task changes, titled "Uploading", subtitled "Files"
    When every 10 seconds, 5 times, the app sets the progress of the "upload.1" task, completed 16 and 1 more each time
    And the app ends the work of "upload.1" and completes its task as a success
    Then the card of the "upload.1" task says that it finished, and goes away 4 seconds later
    And 2 seconds later, the app is suspended, and nothing else happens for 1 minute
    And the oracle says that the trace conforms
    And otherwise the oracle would blame the scheduler under PRG-12

  @trace @sequence @rule:PRG-1 @rule:PRG-12 @rule:PRG-2 @app
  Scenario: Continue does not protect from a later stall
    Given the device is calm
    When the person opens the app, which registers nothing while it launches
    And 20 seconds later, the app starts a continued task for "upload.1", at 0 of 600, titled "Uploading", subtitled "Files", and begins its work
    And the app leaves the foreground, and the card of the "upload.1" task appears, titled "Uploading", subtitled "Files"
    And every 20 seconds, 15 times, the app sets the progress of the "upload.1" task, completed 1 and 1 more each time
    Then 2 seconds later, the card of the "upload.1" task asks whether to go on
    When 9 seconds later, the person lets the "upload.1" task go on
    Then the card of the "upload.1" task changes, titled "Uploading", subtitled "Files"
    When every 10 seconds, 3 times, the app sets the progress of the "upload.1" task, completed 16 and 1 more each time
    Then 45 seconds later, the "upload.1" task is expired, the app ends its work and completes it as a failure, and its card says that it failed
    And 2 seconds later, the app is suspended, and nothing else happens for 1 minute
    And the oracle blames the app under PRG-1
    And otherwise the oracle would blame the scheduler under PRG-12

  @trace @rule:PRG-6 @scheduler
  Scenario: Continue, and expired at once
    Continue must not expire the task, and nothing else does on a calm device.

    Given the device is calm
    When the person opens the app, which registers nothing while it launches
    And 20 seconds later, the app starts a continued task for "upload.1", at 0 of 600, titled "Uploading", subtitled "Files", and begins its work
    And the app leaves the foreground, and the card of the "upload.1" task appears, titled "Uploading", subtitled "Files"
    And every 20 seconds, 15 times, the app sets the progress of the "upload.1" task, completed 1 and 1 more each time
    Then 2 seconds later, the card of the "upload.1" task asks whether to go on
    When 9 seconds later, the person lets the "upload.1" task go on
    Then the card of the "upload.1" task changes, titled "Uploading", subtitled "Files"
    When 1 second later, the app sets the progress of the "upload.1" task, completed 16
    Then 4 seconds later, the "upload.1" task is expired, the app ends its work and completes it as a failure, and its card says that it failed
    And 2 seconds later, the app is suspended, and nothing else happens for 1 minute
    And the oracle blames the scheduler under PRG-6

  @trace @rule:UIX-3 @conforms
  Scenario: Stop: the task expires
    Given the device is calm
    When the person opens the app, which registers nothing while it launches
    And 20 seconds later, the app starts a continued task for "upload.1", at 0 of 600, titled "Uploading", subtitled "Files", and begins its work
    And the app leaves the foreground, and the card of the "upload.1" task appears, titled "Uploading", subtitled "Files"
    And every 20 seconds, 15 times, the app sets the progress of the "upload.1" task, completed 1 and 1 more each time
    Then 2 seconds later, the card of the "upload.1" task asks whether to go on
    When 9 seconds later, the person stops the "upload.1" task
    Then 3 seconds later, the "upload.1" task is expired, and the app ends its work and completes it as a failure
    And the card of the "upload.1" task goes away
    And 2 seconds later, the app is suspended, and nothing else happens for 1 minute
    And the oracle says that the trace conforms
    And otherwise the oracle would blame the scheduler under UIX-3

  @trace @rule:UIX-3 @scheduler
  Scenario: Stop is pressed, and the task runs on to its end
    Given the device is calm
    When the person opens the app, which registers nothing while it launches
    And 20 seconds later, the app starts a continued task for "upload.1", at 0 of 600, titled "Uploading", subtitled "Files", and begins its work
    And the app leaves the foreground, and the card of the "upload.1" task appears, titled "Uploading", subtitled "Files"
    And every 20 seconds, 15 times, the app sets the progress of the "upload.1" task, completed 1 and 1 more each time
    Then 2 seconds later, the card of the "upload.1" task asks whether to go on
    When 9 seconds later, the person stops the "upload.1" task
    And every 10 seconds, 10 times, the app sets the progress of the "upload.1" task, completed 16 and 1 more each time
    And the app ends the work of "upload.1" and completes its task as a success
    Then the card of the "upload.1" task says that it finished, and goes away 4 seconds later
    And 2 seconds later, the app is suspended, and nothing else happens for 1 minute
    And the oracle blames the scheduler under UIX-3

  @trace @sequence @rule:PRG-7 @conforms
  Scenario: An unanswered question may be taken for a yes
    Given the device is calm
    When the person opens the app, which registers nothing while it launches
    And 20 seconds later, the app starts a continued task for "upload.1", at 0 of 600, titled "Uploading", subtitled "Files", and begins its work
    And the app leaves the foreground, and the card of the "upload.1" task appears, titled "Uploading", subtitled "Files"
    And every 20 seconds, 15 times, the app sets the progress of the "upload.1" task, completed 1 and 1 more each time
    Then 2 seconds later, the card of the "upload.1" task asks whether to go on
    When 9 seconds later, the person leaves the prompt of the "upload.1" task unanswered
    Then the card of the "upload.1" task changes, titled "Uploading", subtitled "Files"
    When every 10 seconds, 5 times, the app sets the progress of the "upload.1" task, completed 16 and 1 more each time
    And the app ends the work of "upload.1" and completes its task as a success
    Then the card of the "upload.1" task says that it finished, and goes away 4 seconds later
    And 2 seconds later, the app is suspended, and nothing else happens for 1 minute
    And the oracle says that the trace conforms

  @trace @rule:PRG-7 @conforms
  Scenario: An unanswered question may be taken for a no
    Given the device is calm
    When the person opens the app, which registers nothing while it launches
    And 20 seconds later, the app starts a continued task for "upload.1", at 0 of 600, titled "Uploading", subtitled "Files", and begins its work
    And the app leaves the foreground, and the card of the "upload.1" task appears, titled "Uploading", subtitled "Files"
    And every 20 seconds, 15 times, the app sets the progress of the "upload.1" task, completed 1 and 1 more each time
    Then 2 seconds later, the card of the "upload.1" task asks whether to go on
    When 9 seconds later, the person leaves the prompt of the "upload.1" task unanswered
    And 3 seconds later, the app sets the progress of the "upload.1" task, completed 16
    Then 2 seconds later, the "upload.1" task is expired, the app ends its work and completes it as a failure, and its card says that it failed
    And 2 seconds later, the app is suspended, and nothing else happens for 1 minute
    And the oracle says that the trace conforms

  @trace @rule:PRG-1 @rule:PRG-2 @app
  Scenario: Time in the foreground counts: stalled and expired there
    Given the device is calm
    When the person opens the app, which registers nothing while it launches
    And 20 seconds later, the app starts a continued task for "upload.1", at 0 of 600, titled "Uploading", subtitled "Files", and begins its work
    And every 8 seconds, 5 times, the app sets the progress of the "upload.1" task, completed 1 and 1 more each time
    Then 1 minute 10 seconds later, the "upload.1" task is expired, and the app ends its work and completes it as a failure
    And nothing else happens for 1 minute
    And the oracle blames the app under PRG-1

  @trace @rule:PRG-1 @rule:PRG-8 @app
  Scenario: A stalled task may be left running; the app stalls all the same
    Given the device is calm
    When the person opens the app, which registers nothing while it launches
    And 20 seconds later, the app starts a continued task for "upload.1", at 0 of 600, titled "Uploading", subtitled "Files", and begins its work
    And every 8 seconds, 5 times, the app sets the progress of the "upload.1" task, completed 1 and 1 more each time
    And 1 minute 30 seconds later, the app sets the progress of the "upload.1" task, completed 6
    And the app ends the work of "upload.1" and completes its task as a success
    Then nothing else happens for 1 minute
    And the oracle blames the app under PRG-1

  @run @conforms
  Scenario: On any scheduler: the trace does not tell the pressure, which may be the reason
    When the person opens the app, which registers nothing while it launches
    And 20 seconds later, the app registers and submits a continued request for "upload.1", titled "Uploading", subtitled "Files"
    Then the "upload.1" task is delivered as a continued task, and the app sets its expiration handler and its progress, completed 0, total 600
    When the app begins the work of "upload.1"
    And the app leaves the foreground
    And every 8 seconds, 450 times, the app sets the progress of the "upload.1" task, completed 1 and 1 more each time
    And 3 seconds later, the app ends the work of "upload.1" and completes its task as a failure
    And 1 minute 2 seconds pass
    Then the oracle says that the trace conforms

  @run @conforms
  Scenario: On any scheduler: twenty-five seconds between units stay below the stall time-out
    Given the device is calm
    When the person opens the app, which registers nothing while it launches
    And 20 seconds later, the app registers and submits a continued request for "upload.1", titled "Uploading", subtitled "Files"
    Then the "upload.1" task is delivered as a continued task, and the app sets its expiration handler and its progress, completed 0, total 40
    When the app begins the work of "upload.1"
    And the app leaves the foreground
    And every 25 seconds, 40 times, the app sets the progress of the "upload.1" task, completed 1 and 1 more each time
    And the app ends the work of "upload.1" and completes its task as a success
    And 1 minute 6 seconds pass
    Then the oracle says that the trace conforms
