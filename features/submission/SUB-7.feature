@rule:SUB-7 @os:18.0
Feature: SUB-7 Health research counts with processing
  Whether health research requests count against the 10 is not documented: both are allowed.

  Background:
    Given an iPhone with iOS 18.0
    And the app "com.example.app" permits "job.1", "job.2", "job.3", "job.4", "job.5", "job.6", "job.7", "job.8", "job.9", "job.10", "job.11" and "study", with the background modes "fetch" and "processing"
    And its entitlements: "com.apple.developer.backgroundtasks.healthresearch"
    And the person takes part in the study
    When the person opens the app, which registers "job.1", "job.2", "job.3", "job.4", "job.5", "job.6", "job.7", "job.8", "job.9", "job.10", "job.11" and "study" while it launches
    And 1 second later, the app submits a processing request for each of "job.1", "job.2", "job.3", "job.4", "job.5", "job.6", "job.7", "job.8", "job.9" and "job.10", and each is accepted

  @trace @conforms
  Scenario Outline: Ten processing requests and one for health research: <case>
    When the app submits a health research request for "study", and it <answer>
    Then nothing else happens for 1 second
    And the oracle says that the trace conforms
    And otherwise the oracle would blame the scheduler under SUB-1

    Examples:
      | case                                           | answer                                     |
      | Health research counts against the ten         | is refused with tooManyPendingTaskRequests |
      | Health research does not count against the ten | is accepted                                |

  @run @conforms
  Scenario: On any scheduler: health research counts against the ten
    When the app submits a health research request for "study"
    Then it is accepted, or it is refused with tooManyPendingTaskRequests
    When 1 second passes
    Then the oracle says that the trace conforms
