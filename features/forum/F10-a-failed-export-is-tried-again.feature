@case:F10 @source:forum-808756 @rule:PRG-1 @os:26.1
# Asked: An export failed and is tried again: why two cards?
Feature: F10 A failed export is tried again
  Forum 808756: an upload fails in airplane mode and is tried again. The task stalls, expires and
  is completed as a failure; the app submits the same identifier again, with the failed card still
  in view.

  Background:
    Given an iPhone with iOS 26.1
    And the app "com.example.cloud" permits "file.*"
    And the trace is retold from a report
    When the person opens the app, which registers nothing while it launches
    And 10 seconds later, the app starts a continued task for "file.42", at 0 of 100, titled "report.pdf", subtitled "Uploading", and begins its work
    And every 3 seconds, 3 times, the app sets the progress of the "file.42" task, completed 10 and 10 more each time
    And the app leaves the foreground, and the card of the "file.42" task appears, titled "report.pdf", subtitled "Uploading"
    And 4 seconds later, the device is now offline
    Then 50 seconds later, the "file.42" task is expired, and the app ends its work and completes it as a failure
    And the card of the "file.42" task says that it failed, titled "report.pdf", subtitled "Uploading"

  @trace @sequence @rule:REG-8 @rule:UIX-6 @app
  Scenario: The retry runs, two cards
    Submitted again without another registration, delivered again, with a second card beside the
    failed one.

    When 20 seconds later, the device is now online
    And 2 seconds later, the app comes to the foreground
    And 3 seconds later, the app submits a continued request for "file.42", titled "report.pdf", subtitled "Second attempt", and it is accepted
    Then the 2nd "file.42" task is delivered as a continued task, and the app sets its expiration handler and its progress, completed 0, total 100
    When the app begins the work of "file.42"
    And 3 seconds later, the app sets the progress of the 2nd "file.42" task, completed 40
    And the app leaves the foreground, and the card of the 2nd "file.42" task appears, titled "report.pdf", subtitled "Second attempt"
    And every 3 seconds, 3 times, the app sets the progress of the 2nd "file.42" task, completed 60 and 20 more each time
    And the app ends the work of "file.42"
    And the app completes the 2nd "file.42" task as a success
    Then the card of the 2nd "file.42" task says that it finished, and goes away 4 seconds later
    And 2 seconds later, the app is suspended, and nothing else happens for 1 minute
    And the oracle blames the app under PRG-1
    And otherwise the oracle would blame the scheduler under REG-8

  @trace @sequence @rule:UIX-6 @scheduler @app
  Scenario: The retry runs, one card
    Submitted again without another registration; its card takes the place of the failed one.
    Where a retry is declared to leave the failed card alone, it must not go with the retry.

    When 20 seconds later, the device is now online
    And 2 seconds later, the app comes to the foreground
    And 3 seconds later, the app submits a continued request for "file.42", titled "report.pdf", subtitled "Second attempt", and it is accepted
    Then the card of the "file.42" task goes away
    And the 2nd "file.42" task is delivered as a continued task, and the app sets its expiration handler and its progress, completed 0, total 100
    When the app begins the work of "file.42"
    And 3 seconds later, the app sets the progress of the 2nd "file.42" task, completed 40
    And the app leaves the foreground, and the card of the 2nd "file.42" task appears, titled "report.pdf", subtitled "Second attempt"
    And every 3 seconds, 3 times, the app sets the progress of the 2nd "file.42" task, completed 60 and 20 more each time
    And the app ends the work of "file.42"
    And the app completes the 2nd "file.42" task as a success
    Then the card of the 2nd "file.42" task says that it finished, and goes away 4 seconds later
    And 2 seconds later, the app is suspended, and nothing else happens for 1 minute
    And the oracle blames the app under PRG-1
    And with failed_card_replaced_on_retry = "no", the oracle blames the app under PRG-1
    And with failed_card_replaced_on_retry = "no", the oracle blames the scheduler under UIX-6

  @trace @rule:UIX-5 @app
  Scenario: The failed card stays through the cancel until the person clears it
    When 20 seconds later, the app cancels "file.42"
    Then 10 seconds later, the card of the "file.42" task changes, titled "report.pdf", subtitled "Uploading"
    When 5 seconds later, the person clears the card of the "file.42" task
    Then the card of the "file.42" task goes away
    And 2 seconds later, the app is suspended, and nothing else happens for 1 minute
    And the oracle blames the app under PRG-1

  @trace @sequence @rule:CAN-4 @app
  Scenario: A cancel that meets the running task may expire it
    When 20 seconds later, the device is now online
    And 2 seconds later, the app comes to the foreground
    And 3 seconds later, the app submits a continued request for "file.42", titled "report.pdf", subtitled "Second attempt", and it is accepted
    Then the 2nd "file.42" task is delivered as a continued task, and the app sets its expiration handler and its progress, completed 0, total 100
    When the app begins the work of "file.42"
    And 3 seconds later, the app sets the progress of the 2nd "file.42" task, completed 40
    And the app leaves the foreground, and the card of the 2nd "file.42" task appears, titled "report.pdf", subtitled "Second attempt"
    And 2 seconds later, the app cancels "file.42"
    Then the 2nd "file.42" task is expired
    When the app ends the work of "file.42"
    And the app completes the 2nd "file.42" task as a failure, and its card says that it failed
    Then 2 seconds later, the app is suspended, and nothing else happens for 1 minute
    And the oracle blames the app under PRG-1

  @trace @sequence @rule:CAN-4 @app
  Scenario: A cancel that meets the running task may leave it alone
    When 20 seconds later, the device is now online
    And 2 seconds later, the app comes to the foreground
    And 3 seconds later, the app submits a continued request for "file.42", titled "report.pdf", subtitled "Second attempt", and it is accepted
    Then the 2nd "file.42" task is delivered as a continued task, and the app sets its expiration handler and its progress, completed 0, total 100
    When the app begins the work of "file.42"
    And 3 seconds later, the app sets the progress of the 2nd "file.42" task, completed 40
    And the app leaves the foreground, and the card of the 2nd "file.42" task appears, titled "report.pdf", subtitled "Second attempt"
    And 2 seconds later, the app cancels "file.42"
    And every 3 seconds, 3 times, the app sets the progress of the 2nd "file.42" task, completed 60 and 20 more each time
    And the app ends the work of "file.42"
    And the app completes the 2nd "file.42" task as a success
    Then the card of the 2nd "file.42" task says that it finished, and goes away 4 seconds later
    And 2 seconds later, the app is suspended, and nothing else happens for 1 minute
    And the oracle blames the app under PRG-1

  @trace @rule:SUB-16 @rule:SUB-17 @app
  Scenario: The retry is submitted in the background and refused
    When 20 seconds later, the device is now online
    And 3 seconds later, the app submits a continued request for "file.42", titled "report.pdf", subtitled "Second attempt", and it is refused with notPermitted
    Then 2 seconds later, the app is suspended, and nothing else happens for 2 minutes
    And the oracle blames the app under PRG-1
    And the oracle blames the app under SUB-16

  @trace @rule:SUB-12 @rule:SUB-16 @rule:SUB-17 @scheduler @app
  Scenario: The retry comes from the background, accepted and lost
    The retry is submitted in the background, reported as accepted and never run.

    When 20 seconds later, the device is now online
    And 3 seconds later, the app submits a continued request for "file.42", titled "report.pdf", subtitled "Second attempt", and it is accepted
    And the app begins the work of "file.42"
    And 1 second later, the app ends the work of "file.42"
    Then 1 second later, the app is suspended, and nothing else happens for 2 minutes
    And in the contract profile, the oracle blames the app under PRG-1
    And in the contract profile, the oracle blames the app under SUB-16
    And in the contract profile, the oracle blames the scheduler under SUB-17
    And in the field profile, the oracle blames the app under PRG-1
    And in the field profile, the oracle blames the app under SUB-16
    And in the contract profile, on iOS 27.0, the oracle blames the app under PRG-1
    And in the contract profile, on iOS 27.0, the oracle blames the app under SUB-16
