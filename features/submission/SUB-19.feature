@rule:SUB-19 @os:26.0
Feature: SUB-19 Queue waits in order
  With strategy "queue", the default, a request that cannot start at once waits; waiting requests of
  an app start in the order of their submission, one that waits for the GPU excepted. With unknown
  capacity every wait is allowed.

  Background:
    Given an iPhone with iOS 26.0
    And the app "com.example.app" permits "export.*", with the background modes "processing"

  @trace @conforms
  Scenario: They start in the order of their submission
    Given the implementation declares continued_capacity = "1"
    When the person opens the app, which registers nothing while it launches
    And 4 seconds later, the app registers handlers for "export.1", "export.2" and "export.3", and each returns true
    And the app submits a continued request for "export.1", titled "Export", subtitled "Starting", and it is accepted
    Then the "export.1" task is delivered as a continued task, and the app sets its expiration handler and its progress, completed 0, total 100
    When 1 second later, the app submits a continued request for each of "export.2" and "export.3", titled "Export", subtitled "Starting", and each is accepted
    And 4 seconds later, the app sets the progress of the "export.1" task, completed 50, 4 seconds later completed 100, and completes it as a success
    Then the "export.2" task is delivered as a continued task, and the app works it off: 0 of 100 units, 4 seconds later 50, 4 seconds later 100, as a success
    And the "export.3" task is delivered as a continued task, and the app works it off: 0 of 100 units, 4 seconds later 50, 4 seconds later 100, as a success
    And nothing else happens for 1 minute
    And the oracle says that the trace conforms
    And otherwise the oracle would blame the scheduler under SUB-19

  @trace @scheduler
  Scenario: The third overtakes the second
    Given the implementation declares continued_capacity = "1"
    When the person opens the app, which registers nothing while it launches
    And 4 seconds later, the app registers handlers for "export.1", "export.2" and "export.3", and each returns true
    And the app submits a continued request for "export.1", titled "Export", subtitled "Starting", and it is accepted
    Then the "export.1" task is delivered as a continued task, and the app sets its expiration handler and its progress, completed 0, total 100
    When 1 second later, the app submits a continued request for each of "export.2" and "export.3", titled "Export", subtitled "Starting", and each is accepted
    And 4 seconds later, the app sets the progress of the "export.1" task, completed 50, 4 seconds later completed 100, and completes it as a success
    Then the "export.3" task is delivered as a continued task, and the app works it off: 0 of 100 units, 4 seconds later 50, 4 seconds later 100, as a success
    And the "export.2" task is delivered as a continued task, and the app works it off: 0 of 100 units, 4 seconds later 50, 4 seconds later 100, as a success
    And nothing else happens for 1 minute
    And the oracle blames the scheduler under SUB-19

  @run @conforms
  Scenario: Four requests and two places
    Given the implementation declares continued_capacity = "2"
    When the person opens the app, which registers "export.3" and "export.4" while it launches
    And the app starts a continued task for "export.1", at 0 of 100, titled "Export", subtitled "Starting"
    And the app starts a continued task for "export.2", at 0 of 100, titled "Export", subtitled "Starting"
    And the app sets the expiration handler of the "export.3" task and its progress, completed 100, total 100, and completes it as a success, as soon as it is delivered
    And the app sets the expiration handler of the "export.4" task and its progress, completed 100, total 100, and completes it as a success, as soon as it is delivered
    And the app submits a continued request for each of "export.3" and "export.4", titled "Export", subtitled "Starting", and each is accepted
    And the app completes the "export.1" task as a success
    And every 20 seconds, 4 times, the app sets the progress of the "export.2" task, completed 25 and 25 more each time
    Then the "export.3" task is delivered as a continued task
    And the "export.4" task is delivered as a continued task
    And the oracle says that the trace conforms
