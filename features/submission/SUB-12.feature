@rule:SUB-12 @os:26.1
Feature: SUB-12 Refusal may go unreported
  The synchronous submit may report success for a request that the system then refuses (the limits
  of SUB-5 to SUB-7 and SUB-32, modes, foreground, the person's switches of SUB-10, SUB-22, SUB-28
  and SUB-29, the GPU, bundle prefix; not lack of room, SUB-18): the request is not outstanding,
  never runs, and an older pending one of that identifier stays as it was. A missing handler (SUB-2)
  and an unpermitted identifier (SUB-3) are always reported: no loss of these was seen. Earlier
  versions report every refusal: many reported errors were seen there, and no lost one.

  Background:
    Given an iPhone with iOS 26.1
    And the app "com.example.app" permits "sync" and "news", with the background modes "fetch" and "processing"
    When the person opens the app, which registers "sync" and "news" while it launches
    And 1 second later, the app submits a refresh request for "sync", earliest in 1 hour, and it is accepted

  @trace @conforms
  Scenario: The refusal is reported
    When the app submits a refresh request for "news", and it is refused with tooManyPendingTaskRequests
    And the app asks for the pending requests, and it gets these requests:
      | identifier | kind    | earliest  |
      | "sync"     | refresh | in 1 hour |
    Then nothing else happens for 1 second
    And the oracle says that the trace conforms

  @trace @rule:SUB-5 @conforms @scheduler
  Scenario: The refusal is not reported
    Not documented before 27.0.

    When the app submits a refresh request for "news", and it is accepted
    And the app asks for the pending requests, and it gets these requests:
      | identifier | kind    | earliest  |
      | "sync"     | refresh | in 1 hour |
    Then nothing else happens for 1 second
    And in the contract profile, the oracle blames the scheduler under SUB-5
    And in the field profile, the oracle says that the trace conforms
    And in the contract profile, on iOS 27.0, the oracle says that the trace conforms

  @run @conforms
  Scenario: On any scheduler: the refusal is reported
    When the app submits a refresh request for "news"
    Then in the contract profile, it is refused with tooManyPendingTaskRequests
    When the app asks for the pending requests
    And 1 second passes
    Then the oracle says that the trace conforms
