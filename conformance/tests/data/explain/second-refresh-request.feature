Feature: Second refresh request
  Scenario: Second refresh request
    Given an iPhone with iOS 18.0
    And the app "com.example.app" permits "sync" and "news", with the background modes "fetch" and "processing"
    When the person opens the app, which registers "sync" and "news" while it launches
    And the app submits a refresh request for "sync", and it is accepted
    And the app submits a refresh request for "news", and it is refused with tooManyPendingTaskRequests
    Then nothing else happens for 1 minute
