@case:F01 @source:forum-807370
# Asked: My handler is never called, and submit does not throw
Feature: F01 The launch handler is never called
  Forum 807370, an iPhone 12 Pro Max: a button registers a handler and submits a continued
  request. Both calls succeed, the handler never runs, and the work that waits for it never
  starts. Whose fault it is depends on where the app was when it submitted: in the foreground
  under "fail" it can run at once, and within a second of leaving the scheduler may answer either
  way.

  Background:
    Given the app "com.example.mapexport" permits "export"
    And the trace is retold from a report

  @trace @rule:LAU-7 @os:26.1 @conforms @scheduler
  Scenario: Strategy fail, accepted in the foreground, never delivered
    One in several is lost on devices.

    Given an iPhone with iOS 26.1
    When the person opens the app, which registers nothing while it launches
    And 20 seconds later, the app asks for the supported resources, and it gets nothing
    And the app registers and submits a continued request for "export", and it is accepted:
      | with      | strategy fail   |
      | titled    | "Exporting map" |
      | subtitled | "0 of 12"       |
    And the app begins the work of "export"
    And 2 minutes 30 seconds later, the app ends the work of "export"
    Then nothing else happens for 30 seconds
    And in the contract profile, the oracle blames the scheduler under LAU-7
    And in the field profile, the oracle says that the trace conforms

  @trace @rule:LAU-7 @rule:LAU-8 @os:26.1 @conforms @scheduler
  Scenario: The work waits for the handler
    The same, and the work is only begun in the handler, so it never begins.

    Given an iPhone with iOS 26.1
    When the person opens the app, which registers nothing while it launches
    And 20 seconds later, the app asks for the supported resources, and it gets nothing
    And the app registers and submits a continued request for "export", and it is accepted:
      | with      | strategy fail   |
      | titled    | "Exporting map" |
      | subtitled | "0 of 12"       |
    Then nothing else happens for 3 minutes
    And in the contract profile, the oracle blames the scheduler under LAU-7
    And in the contract profile, the oracle advises LAU-8
    And in the field profile, the oracle says that the trace conforms
    And in the field profile, the oracle advises LAU-8

  @trace @rule:SUB-19 @os:26.1 @conforms
  Scenario: Strategy queue, never delivered
    Under "queue" it may wait for room, and nobody knows how much room there is.

    Given an iPhone with iOS 26.1
    When the person opens the app, which registers nothing while it launches
    And 20 seconds later, the app asks for the supported resources, and it gets nothing
    And the app registers and submits a continued request for "export", titled "Exporting map", subtitled "0 of 12", and it is accepted
    And the app begins the work of "export"
    And 2 minutes 30 seconds later, the app ends the work of "export"
    Then nothing else happens for 30 seconds
    And the oracle says that the trace conforms
    And otherwise the oracle would blame the scheduler under SUB-19

  @trace @sequence @rule:SUB-12 @rule:SUB-16 @rule:SUB-17 @os:26.1 @scheduler @app
  Scenario: Submitted in the background, reported as accepted, never run
    Apple says that this is refused.

    Given an iPhone with iOS 26.1
    When the person opens the app, which registers nothing while it launches
    And 20 seconds later, the app asks for the supported resources, and it gets nothing
    And the app registers a handler for "export", and it returns true
    And 5 seconds later, the app leaves the foreground
    And 2 seconds later, the app submits a continued request for "export", and it is accepted:
      | with      | strategy fail   |
      | titled    | "Exporting map" |
      | subtitled | "0 of 12"       |
    And the app begins the work of "export"
    And 20 seconds later, the app ends the work of "export"
    Then nothing else happens for 3 minutes
    And in the contract profile, the oracle blames the app under SUB-16
    And in the contract profile, the oracle blames the scheduler under SUB-17
    And in the field profile, the oracle blames the app under SUB-16
    And in the contract profile, on iOS 27.0, the oracle blames the app under SUB-16

  @trace @rule:SUB-16 @rule:SUB-17 @os:26.1 @app
  Scenario: Submitted in the background and refused, with whatever code
    Given an iPhone with iOS 26.1
    When the person opens the app, which registers nothing while it launches
    And 20 seconds later, the app asks for the supported resources, and it gets nothing
    And the app registers a handler for "export", and it returns true
    And 5 seconds later, the app leaves the foreground
    And 2 seconds later, the app submits a continued request for "export", and it is refused with notPermitted:
      | with      | strategy fail   |
      | titled    | "Exporting map" |
      | subtitled | "0 of 12"       |
    Then nothing else happens for 1 minute
    And the oracle blames the app under SUB-16
    And otherwise the oracle would blame the scheduler under SUB-17

  @trace @rule:SUB-16 @rule:SUB-17 @os:26.1 @app
  Scenario: Submitted just after leaving, refused
    Given an iPhone with iOS 26.1
    When the person opens the app, which registers nothing while it launches
    And 20 seconds later, the app asks for the supported resources, and it gets nothing
    And the app registers a handler for "export", and it returns true
    And 5 seconds later, the app leaves the foreground
    And the app submits a continued request for "export", and it is refused with immediateRunIneligible:
      | with      | strategy fail   |
      | titled    | "Exporting map" |
      | subtitled | "0 of 12"       |
    Then nothing else happens for 1 minute
    And the oracle blames the app under SUB-16
    And otherwise the oracle would blame the scheduler under SUB-18

  @trace @sequence @rule:SUB-16 @rule:SUB-17 @os:26.1 @app
  Scenario: Submitted just after leaving, accepted and run
    Given an iPhone with iOS 26.1
    When the person opens the app, which registers nothing while it launches
    And 20 seconds later, the app asks for the supported resources, and it gets nothing
    And the app registers a handler for "export", and it returns true
    And 5 seconds later, the app leaves the foreground
    And the app submits a continued request for "export", and it is accepted:
      | with      | strategy fail   |
      | titled    | "Exporting map" |
      | subtitled | "0 of 12"       |
    Then the "export" task is delivered as a continued task, and the app sets its expiration handler and its progress, completed 0, total 12
    When the app begins the work of "export"
    Then 1 second later, the card of the "export" task appears, titled "Exporting map", subtitled "0 of 12"
    When every 5 seconds, 3 times, the app sets the progress of the "export" task, completed 3 and 3 more each time
    And the app sets the progress of the "export" task, completed 12
    And the app ends the work of "export" and completes its task as a success
    Then the card of the "export" task says that it finished, and goes away 4 seconds later
    And 2 seconds later, the app is suspended, and nothing else happens for 1 minute
    And the oracle blames the app under SUB-16
    And otherwise the oracle would blame the scheduler under SUB-18

  @trace @rule:SUB-13 @rule:SUB-16 @os:27.0 @app
  Scenario: The asynchronous submission completes with the reason of the refusal
    Given an iPhone with iOS 27.0
    When the person opens the app, which registers nothing while it launches
    And 20 seconds later, the app asks for the supported resources, and it gets nothing
    And the app registers a handler for "export", and it returns true
    And 5 seconds later, the app leaves the foreground
    And 2 seconds later, the app submits, as submission 1, a continued request for "export":
      | with      | strategy fail   |
      | titled    | "Exporting map" |
      | subtitled | "0 of 12"       |
    Then submission 1 completes with notPermitted
    And nothing else happens for 1 minute
    And the oracle blames the app under SUB-16
    And otherwise the oracle would blame the scheduler under SUB-13

  @trace @rule:SUB-16 @rule:SUB-17 @os:27.0 @scheduler @app
  Scenario: Submitted asynchronously in the background, completed without an error
    The asynchronous submission has no excuse: its completion tells the refusal.

    Given an iPhone with iOS 27.0
    When the person opens the app, which registers nothing while it launches
    And 20 seconds later, the app asks for the supported resources, and it gets nothing
    And the app registers a handler for "export", and it returns true
    And 5 seconds later, the app leaves the foreground
    And 2 seconds later, the app submits, as submission 1, a continued request for "export":
      | with      | strategy fail   |
      | titled    | "Exporting map" |
      | subtitled | "0 of 12"       |
    Then submission 1 completes without an error
    When the app begins the work of "export"
    And 20 seconds later, the app ends the work of "export"
    Then nothing else happens for 2 minutes
    And the oracle blames the app under SUB-16
    And the oracle blames the scheduler under SUB-17

  @trace @rule:REG-12 @rule:REG-3 @os:26.1 @app
  Scenario: The button is tapped again
    The second tap registers the identifier a second time; the exception is right.

    Given an iPhone with iOS 26.1
    When the person opens the app, which registers nothing while it launches
    And 20 seconds later, the app asks for the supported resources, and it gets nothing
    And the app registers and submits a continued request for "export", titled "Exporting map", subtitled "0 of 12", and it is accepted
    And the app begins the work of "export"
    And 9 seconds later, the app registers a handler for "export", and it raises "Launch handler for task with identifier com.example.mapexport.export has already been registered"
    And the app crashes
    Then nothing else happens for 1 minute
    And the oracle blames the app under REG-12
    And otherwise the oracle would blame the scheduler under REG-3

  @trace @rule:REG-12 @rule:REG-3 @os:26.1 @scheduler @app
  Scenario: The second registration returns true instead of raising
    Given an iPhone with iOS 26.1
    When the person opens the app, which registers nothing while it launches
    And 20 seconds later, the app asks for the supported resources, and it gets nothing
    And the app registers and submits a continued request for "export", titled "Exporting map", subtitled "0 of 12", and it is accepted
    And the app begins the work of "export"
    And 9 seconds later, the app registers a handler for "export", and it returns true
    And 20 seconds later, the app ends the work of "export"
    Then nothing else happens for 1 minute
    And the oracle blames the app under REG-12
    And the oracle blames the scheduler under REG-3

  @run @rule:SUB-16 @os:26.1 @app
  Scenario: On any scheduler: submitted in the background and refused, with whatever code
    Given an iPhone with iOS 26.1
    When the person opens the app, which registers nothing while it launches
    And 20 seconds later, the app asks for the supported resources
    Then it gets nothing
    When the app registers a handler for "export"
    And 5 seconds later, the app leaves the foreground
    And 2 seconds later, the app submits a continued request for "export":
      | with      | strategy fail   |
      | titled    | "Exporting map" |
      | subtitled | "0 of 12"       |
    Then in the contract profile, it is refused
    When 1 minute passes
    Then the oracle blames the app under SUB-16

  @run @rule:SUB-16 @os:27.0 @app
  Scenario: On any scheduler: the asynchronous submission completes with the reason of the refusal
    Given an iPhone with iOS 27.0
    When the person opens the app, which registers nothing while it launches
    And 20 seconds later, the app asks for the supported resources
    Then it gets nothing
    When the app registers a handler for "export"
    And 5 seconds later, the app leaves the foreground
    And 2 seconds later, the app submits, as submission 1, a continued request for "export":
      | with      | strategy fail   |
      | titled    | "Exporting map" |
      | subtitled | "0 of 12"       |
    And 1 minute passes
    Then the oracle blames the app under SUB-16
