@rule:SUB-5 @os:18.0
Feature: SUB-5 One refresh pending
  At most 1 refresh request of the app and its extensions is pending; one more under another
  identifier fails with tooManyPendingTaskRequests (2). (Apps that keep two are in the field; nobody
  showed both accepted.)

  Background:
    Given an iPhone with iOS 18.0
    And the app "com.example.app" permits "sync" and "news", with the background modes "fetch" and "processing"
    When the person opens the app, which registers "sync" and "news" while it launches
    And 1 second later, the app submits a refresh request for "sync", earliest in 1 hour, and it is accepted

  @trace @conforms
  Scenario: The second one is refused
    When the app submits a refresh request for "news", and it is refused with tooManyPendingTaskRequests
    Then nothing else happens for 1 second
    And the oracle says that the trace conforms

  @trace @conforms @scheduler
  Scenario: The second one is accepted
    Declared by the implementation.

    When the app submits a refresh request for "news", and it is accepted
    Then nothing else happens for 1 second
    And the oracle blames the scheduler under SUB-5
    And with refresh_limit = "2", the oracle says that the trace conforms

  @run @conforms
  Scenario: On any scheduler: the second one is refused
    When the app submits a refresh request for "news"
    Then it is refused with tooManyPendingTaskRequests
    When 1 second passes
    Then the oracle says that the trace conforms
