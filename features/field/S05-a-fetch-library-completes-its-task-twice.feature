@case:S05 @os:17.4
# Asked: What if a task is completed twice?
Feature: S05 A fetch library completes its task twice
  transistor background fetch: a handler for each permitted identifier. The second completion has
  no effect, and the app is told so.

  Background:
    Given an iPhone with iOS 17.4
    And the app "com.example.fetchdemo" permits 'com.transistorsoft.fetch' and 'com.transistorsoft.customtask', with the background modes "fetch" and "processing"
    And the trace is rebuilt from an app's source
    When the person opens the app, which registers 'com.transistorsoft.fetch' and 'com.transistorsoft.customtask' while it launches
    And the app submits a refresh request for 'com.transistorsoft.fetch', earliest in 15 minutes, and it is accepted
    And 40 seconds later, the app leaves the foreground
    And 6 seconds later, the device is now idle and locked

  @trace @rule:CMP-2 @rule:CMP-3 @conforms
  Scenario: Completes again after the expiry
    The task expires and is completed as a failure; the work then ends and completes it once
    more, which changes nothing.

    Then 2 seconds later, the app is suspended
    And 51 minutes 12 seconds later, the 'com.transistorsoft.fetch' task is delivered as a refresh task, and the app sets its expiration handler
    When the app submits a refresh request for 'com.transistorsoft.fetch', earliest in 15 minutes, and it is accepted
    Then 27 seconds later, the 'com.transistorsoft.fetch' task is expired, and the app completes it as a failure
    When 3 seconds later, the app completes the 'com.transistorsoft.fetch' task as a success, and is suspended
    Then nothing else happens for 11 minutes 30 seconds
    And the oracle says that the trace conforms
    And otherwise the oracle would blame the scheduler under CMP-2
    And the oracle advises CMP-3

  @trace @conforms
  Scenario: Completed once, in time
    Then 2 seconds later, the app is suspended
    And 51 minutes 12 seconds later, the 'com.transistorsoft.fetch' task is delivered as a refresh task, and the app sets its expiration handler
    When the app submits a refresh request for 'com.transistorsoft.fetch', earliest in 15 minutes, and it is accepted
    And the app begins the work of 'com.transistorsoft.fetch'
    And 4 seconds later, the app ends the work of 'com.transistorsoft.fetch' and completes its task as a success, and is suspended
    Then nothing else happens for 11 minutes 55 seconds
    And the oracle says that the trace conforms

  @run @rule:CMP-3 @conforms
  Scenario: On any scheduler: completes again after the expiry
    When 51 minutes 14 seconds later, the runner grants a launch of 'com.transistorsoft.fetch'
    Then the 'com.transistorsoft.fetch' task is delivered as a refresh task, and the app sets its expiration handler and submits a refresh request for 'com.transistorsoft.fetch', earliest in 15 minutes
    And it is accepted
    When 27 seconds later, the runner takes back the time of the 'com.transistorsoft.fetch' task
    And the app completes the 'com.transistorsoft.fetch' task as a failure
    And 3 seconds later, the app completes the 'com.transistorsoft.fetch' task as a success
    And 11 minutes 30 seconds pass
    Then the oracle says that the trace conforms
    And the oracle advises CMP-3

  @run @conforms
  Scenario: On any scheduler: completed once, in time
    When 51 minutes 14 seconds later, the runner grants a launch of 'com.transistorsoft.fetch'
    Then the 'com.transistorsoft.fetch' task is delivered as a refresh task, and the app sets its expiration handler and submits a refresh request for 'com.transistorsoft.fetch', earliest in 15 minutes
    And it is accepted
    When the app begins the work of 'com.transistorsoft.fetch'
    And 4 seconds later, the app ends the work of 'com.transistorsoft.fetch' and completes its task as a success
    And 11 minutes 55 seconds pass
    Then the oracle says that the trace conforms
