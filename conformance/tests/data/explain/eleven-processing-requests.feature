Feature: Eleven processing requests
  Scenario: Eleven processing requests
    Given an iPhone with iOS 18.0
    And the app "com.example.app" permits "p1", "p2", "p3", "p4", "p5", "p6", "p7", "p8", "p9", "p10" and "p11", with the background modes "fetch" and "processing"
    When the person opens the app, which registers "p1", "p2", "p3", "p4", "p5", "p6", "p7", "p8", "p9", "p10" and "p11" while it launches
    And the app submits a processing request for each of "p1", "p2", "p3", "p4", "p5", "p6", "p7", "p8", "p9" and "p10", and each is accepted
    And the app submits a processing request for "p11", and it is refused with tooManyPendingTaskRequests
    Then nothing else happens for 1 minute
