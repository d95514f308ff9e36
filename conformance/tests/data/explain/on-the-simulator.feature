Feature: On the simulator
  Scenario: On the simulator
    Given the simulator with iOS 18.0
    And the app "com.example.app" permits "sync", with the background modes "fetch" and "processing"
    When the person opens the app, which registers "sync" while it launches
    And the app submits a refresh request for "sync", and it is refused with unavailable
    Then nothing else happens for 1 minute
