@rule:SUB-6 @os:18.0
Feature: SUB-6 Ten processing pending
  At most 10 processing requests are pending: the tenth is accepted, one more under another identifier
  fails with tooManyPendingTaskRequests (2).

  Background:
    Given an iPhone with iOS 18.0
    And the app "com.example.app" permits "job.1", "job.2", "job.3", "job.4", "job.5", "job.6", "job.7", "job.8", "job.9", "job.10" and "job.11", with the background modes "fetch" and "processing"
    When the person opens the app, which registers "job.1", "job.2", "job.3", "job.4", "job.5", "job.6", "job.7", "job.8", "job.9", "job.10" and "job.11" while it launches
    And 1 second later, the app submits a processing request for each of "job.1", "job.2", "job.3", "job.4", "job.5", "job.6", "job.7", "job.8", "job.9" and "job.10", and each is accepted

  @trace
  Scenario Outline: Eleven processing requests: <case>
    When the app submits a processing request for "job.11", and it <answer>
    Then nothing else happens for 1 second
    And the oracle <verdict>

    @conforms
    Examples:
      | case                                           | answer                                     | verdict                      |
      | The tenth is accepted, the eleventh is refused | is refused with tooManyPendingTaskRequests | says that the trace conforms |

    @scheduler
    Examples:
      | case                     | answer      | verdict                          |
      | The eleventh is accepted | is accepted | blames the scheduler under SUB-6 |

  @run @conforms
  Scenario: On any scheduler: the tenth is accepted, the eleventh is refused
    When the app submits a processing request for "job.11"
    Then it is refused with tooManyPendingTaskRequests
    When 1 second passes
    Then the oracle says that the trace conforms
