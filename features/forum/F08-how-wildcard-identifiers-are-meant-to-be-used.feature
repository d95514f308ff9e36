@case:F08 @source:forum-796944
# Asked: How are wildcard identifiers meant to be used?
Feature: F08 How wildcard identifiers are meant to be used
  Forum 796944 and 799126: a handler for the wildcard itself. The wildcard stands in the
  Info.plist. What is registered and submitted is a concrete identifier under it.

  Background:
    Given the app "com.foo.App" permits "export.*"
    And the trace is retold from a report

  @trace @rule:IDN-5 @os:26.0 @conforms
  Scenario: The string of a wildcard entry is no identifier to register
    Given an iPhone with iOS 26.0
    When the person opens the app, which registers nothing while it launches
    And 10 seconds later, the app registers a handler for "export.*", and it returns false
    Then nothing else happens for 1 minute
    And the oracle says that the trace conforms
    And otherwise the oracle would blame the scheduler under IDN-5

  @trace @rule:IDN-5 @os:26.0 @conforms @scheduler
  Scenario: The wildcard itself is registered
    The first release was seen to return true, to no use. Nobody saw that after 26.0.

    Given an iPhone with iOS 26.0
    When the person opens the app, which registers nothing while it launches
    And 10 seconds later, the app registers a handler for "export.*", and it returns true
    Then nothing else happens for 1 minute
    And in the contract profile, the oracle blames the scheduler under IDN-5
    And in the field profile, the oracle says that the trace conforms
    And in the field profile, on iOS 26.1, the oracle blames the scheduler under IDN-5

  @trace @rule:IDN-4 @rule:SUB-2 @rule:SUB-27 @os:26.0 @app
  Scenario: No handler serves the concrete identifier: the submission raises
    Given an iPhone with iOS 26.0
    When the person opens the app, which registers nothing while it launches
    And 10 seconds later, the app registers a handler for "export.*", and it returns false
    And 4 seconds later, the app submits a continued request for "export.A1", titled "Exporting", subtitled "A1", and it raises "No launch handler registered for task with identifier com.foo.App.export.A1"
    And the app crashes
    Then nothing else happens for 1 minute
    And the oracle blames the app under SUB-27
    And otherwise the oracle would blame the scheduler under SUB-2

  @trace @sequence @rule:IDN-4 @rule:IDN-5 @rule:SUB-2 @rule:SUB-27 @os:26.0 @scheduler @app
  Scenario: Delivered to the wildcard's handler
    The submission is accepted without a handler, and the task goes to the handler of the
    wildcard. The same, and the registration of the wildcard was accepted.

    Given an iPhone with iOS 26.0
    When the person opens the app, which registers nothing while it launches
    And 10 seconds later, the app registers a handler for "export.*", and it returns true
    And 4 seconds later, the app submits a continued request for "export.A1", titled "Exporting", subtitled "A1", and it is accepted
    Then the "export.A1" task is delivered as a continued task, and the app works it off: 0 of 10 units, 2 seconds later 5, 2 seconds later 10, as a success
    And nothing else happens for 1 minute
    And in the field profile, the oracle blames the app under SUB-27
    And in the field profile, the oracle blames the scheduler under SUB-2
    And in the field profile, the oracle blames the scheduler under IDN-4
    And in the contract profile, the oracle blames the scheduler under IDN-5
    And in the contract profile, the oracle blames the app under SUB-27
    And in the contract profile, the oracle blames the scheduler under SUB-2
    And in the contract profile, the oracle blames the scheduler under IDN-4

  @trace @sequence @rule:REG-5 @rule:SUB-19 @os:26.1 @conforms
  Scenario: Registered and submitted after launch, both run at once
    Given an iPhone with iOS 26.1
    When the person opens the app, which registers nothing while it launches
    And 10 seconds later, the app starts a continued task for "export.A1", at 0 of 100, titled "Exporting", subtitled "A1", and begins its work
    And 6 seconds later, the app sets the progress of the "export.A1" task, completed 20
    And 1 second later, the app starts a continued task for "export.A2", at 0 of 100, titled "Exporting", subtitled "A2", and begins its work
    And every 4 seconds, 3 times, the app sets the progress of the "export.A1" task, completed 40 and 20 more each time
    And the app sets the progress of the "export.A2" task, completed 60
    And 3 seconds later, the app sets the progress of the "export.A1" task, completed 100
    And the app ends the work of "export.A1" and completes its task as a success
    And 4 seconds later, the app sets the progress of the "export.A2" task, completed 100
    And the app ends the work of "export.A2" and completes its task as a success
    Then nothing else happens for 1 minute
    And the oracle says that the trace conforms
    And otherwise the oracle would blame the scheduler under REG-5
    And otherwise the oracle would blame the scheduler under SUB-19

  @trace @sequence @rule:REG-5 @rule:SUB-19 @os:26.1 @conforms
  Scenario: Registered and submitted after launch, the second waits for the first
    Given an iPhone with iOS 26.1
    When the person opens the app, which registers nothing while it launches
    And 10 seconds later, the app starts a continued task for "export.A1", at 0 of 100, titled "Exporting", subtitled "A1", and begins its work
    And 6 seconds later, the app sets the progress of the "export.A1" task, completed 20
    And 1 second later, the app registers and submits a continued request for "export.A2", titled "Exporting", subtitled "A2", and it is accepted
    And every 4 seconds, 4 times, the app sets the progress of the "export.A1" task, completed 40 and 20 more each time
    And the app ends the work of "export.A1" and completes its task as a success
    Then the "export.A2" task is delivered as a continued task, and the app sets its expiration handler and its progress, completed 0, total 100
    When the app begins the work of "export.A2"
    And 4 seconds later, the app sets the progress of the "export.A2" task, completed 50
    And 4 seconds later, the app sets the progress of the "export.A2" task, completed 100
    And the app ends the work of "export.A2" and completes its task as a success
    Then nothing else happens for 1 minute
    And the oracle says that the trace conforms
    And otherwise the oracle would blame the scheduler under REG-5
    And otherwise the oracle would blame the scheduler under SUB-19

  @run @os:26.0 @conforms
  Scenario: On any scheduler: the string of a wildcard entry is no identifier to register
    Given an iPhone with iOS 26.0
    When the person opens the app, which registers nothing while it launches
    And 10 seconds later, the app registers a handler for "export.*"
    Then it returns false
    When 1 minute passes
    Then the oracle says that the trace conforms

  @run @rule:SUB-27 @os:26.0 @app
  Scenario: On any scheduler: no handler serves the concrete identifier: the submission raises
    Given an iPhone with iOS 26.0
    When the person opens the app, which registers nothing while it launches
    And 10 seconds later, the app registers a handler for "export.*"
    Then it returns false
    When 4 seconds later, the app submits a continued request for "export.A1", titled "Exporting", subtitled "A1"
    And 1 minute passes
    Then the oracle blames the app under SUB-27
