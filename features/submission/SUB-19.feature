@rule:SUB-19 @os:26.0
Feature: SUB-19 Queue waits in order
  With strategy "queue", the default, a request that cannot start at once waits; waiting requests of
  an app start in the order of their submission, one that waits for the GPU excepted. With unknown
  capacity every wait is allowed.

  Background:
    Given an iPhone with iOS 26.0
    And the app "com.example.app"
    And it permits "export.*"
    And its background modes: "processing"

  @trace @conforms
  Scenario: They start in the order of their submission
    Given the implementation declares continued_capacity = "1"
    When the person opens the app
    And the app finishes launching
    And 4 seconds later, the app registers a handler for "export.1", and it returns true
    And the app registers a handler for "export.2", and it returns true
    And the app registers a handler for "export.3", and it returns true
    And the app submits a continued request for "export.1", titled "Export", subtitled "Starting", and it is accepted
    Then the "export.1" task is delivered as a continued task
    When the app sets the expiration handler of the "export.1" task
    And the app sets the progress of the "export.1" task, completed 0, total 100
    And 1 second later, the app submits a continued request for "export.2", titled "Export", subtitled "Starting", and it is accepted
    And the app submits a continued request for "export.3", titled "Export", subtitled "Starting", and it is accepted
    And 4 seconds later, the app sets the progress of the "export.1" task, completed 50
    And 4 seconds later, the app sets the progress of the "export.1" task, completed 100
    And the app completes the "export.1" task as a success
    Then the "export.2" task is delivered as a continued task
    When the app sets the expiration handler of the "export.2" task
    And the app sets the progress of the "export.2" task, completed 0, total 100
    And 4 seconds later, the app sets the progress of the "export.2" task, completed 50
    And 4 seconds later, the app sets the progress of the "export.2" task, completed 100
    And the app completes the "export.2" task as a success
    Then the "export.3" task is delivered as a continued task
    When the app sets the expiration handler of the "export.3" task
    And the app sets the progress of the "export.3" task, completed 0, total 100
    And 4 seconds later, the app sets the progress of the "export.3" task, completed 50
    And 4 seconds later, the app sets the progress of the "export.3" task, completed 100
    And the app completes the "export.3" task as a success
    Then nothing else happens for 1 minute
    And the oracle says that the trace conforms
    And otherwise the oracle would blame the scheduler under SUB-19

  @trace @scheduler
  Scenario: The third overtakes the second
    Given the implementation declares continued_capacity = "1"
    When the person opens the app
    And the app finishes launching
    And 4 seconds later, the app registers a handler for "export.1", and it returns true
    And the app registers a handler for "export.2", and it returns true
    And the app registers a handler for "export.3", and it returns true
    And the app submits a continued request for "export.1", titled "Export", subtitled "Starting", and it is accepted
    Then the "export.1" task is delivered as a continued task
    When the app sets the expiration handler of the "export.1" task
    And the app sets the progress of the "export.1" task, completed 0, total 100
    And 1 second later, the app submits a continued request for "export.2", titled "Export", subtitled "Starting", and it is accepted
    And the app submits a continued request for "export.3", titled "Export", subtitled "Starting", and it is accepted
    And 4 seconds later, the app sets the progress of the "export.1" task, completed 50
    And 4 seconds later, the app sets the progress of the "export.1" task, completed 100
    And the app completes the "export.1" task as a success
    Then the "export.3" task is delivered as a continued task
    When the app sets the expiration handler of the "export.3" task
    And the app sets the progress of the "export.3" task, completed 0, total 100
    And 4 seconds later, the app sets the progress of the "export.3" task, completed 50
    And 4 seconds later, the app sets the progress of the "export.3" task, completed 100
    And the app completes the "export.3" task as a success
    Then the "export.2" task is delivered as a continued task
    When the app sets the expiration handler of the "export.2" task
    And the app sets the progress of the "export.2" task, completed 0, total 100
    And 4 seconds later, the app sets the progress of the "export.2" task, completed 50
    And 4 seconds later, the app sets the progress of the "export.2" task, completed 100
    And the app completes the "export.2" task as a success
    Then nothing else happens for 1 minute
    And the oracle blames the scheduler under SUB-19

  @run @conforms
  Scenario: Four requests and two places
    Given the implementation declares continued_capacity = "2"
    When the person opens the app
    And the app finishes launching
    And the app registers a handler for "export.1"
    And the app registers a handler for "export.2"
    And the app registers a handler for "export.3"
    And the app registers a handler for "export.4"
    And the app sets the expiration handler of the "export.3" task, as soon as the "export.3" task is delivered
    And the app sets the progress of the "export.3" task, completed 100, total 100, as soon as the "export.3" task is delivered
    And the app completes the "export.3" task as a success, as soon as the "export.3" task is delivered
    And the app sets the expiration handler of the "export.4" task, as soon as the "export.4" task is delivered
    And the app sets the progress of the "export.4" task, completed 100, total 100, as soon as the "export.4" task is delivered
    And the app completes the "export.4" task as a success, as soon as the "export.4" task is delivered
    And the app submits a continued request for "export.1", titled "Export", subtitled "Starting"
    And the app submits a continued request for "export.2", titled "Export", subtitled "Starting"
    And the app submits a continued request for "export.3", titled "Export", subtitled "Starting"
    And the app submits a continued request for "export.4", titled "Export", subtitled "Starting"
    And the app sets the expiration handler of the "export.1" task
    And the app sets the expiration handler of the "export.2" task
    And the app sets the progress of the "export.2" task, completed 0, total 100
    And the app sets the progress of the "export.1" task, completed 100, total 100
    And the app completes the "export.1" task as a success
    And every 20 seconds, 4 times, the app sets the progress of the "export.2" task, completed 25 and 25 more each time
    Then the "export.3" task is delivered as a continued task
    And the "export.4" task is delivered as a continued task
    When the app completes the "export.2" task as a success
    Then the oracle says that the trace conforms
