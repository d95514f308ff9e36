@case:F17 @os:26.1
# Asked: Can my extension submit and run tasks?
Feature: F17 An extension that uploads photos
  Its kind of extension may not schedule background tasks at all.

  Background:
    Given an iPhone with iOS 26.1
    And the app "com.example.photos" permits "upload", with the background modes "processing"
    And it has the extension "background-upload" that may not schedule
    And the device is with Background App Refresh on and with background launches allowed
    And the trace is retold from a report
    When the person opens the app, which registers "upload" while it launches
    And 30 seconds later, the app leaves the foreground

  @trace @rule:CFG-7
  Scenario Outline: A submission by an extension: <case>
    When 10 seconds later, the extension "background-upload" submits a processing request for "upload", and it <answer>
    Then nothing else happens for 1 minute
    And the oracle <verdict>

    @conforms
    Examples:
      | case                                                    | answer                      | verdict                      |
      | An extension of this kind may not schedule: unavailable | is refused with unavailable | says that the trace conforms |

    @scheduler
    Examples:
      | case                                                   | answer      | verdict                          |
      | An extension without background scheduling is accepted | is accepted | blames the scheduler under CFG-7 |

  @trace @rule:CFG-8 @conforms @app
  Scenario: Handlers are the app's to register
    A forum question: the photos background-upload extension and its identifier. The header of 27 no
    longer forbids it.

    When 10 seconds later, the extension "background-upload" registers a handler for "upload", and it returns true
    Then nothing else happens for 1 minute
    And the oracle blames the app under CFG-8
    And on iOS 27.0, the oracle says that the trace conforms

  @run @conforms
  Scenario: On any scheduler: an extension of this kind may not schedule: unavailable
    When 10 seconds later, the extension "background-upload" submits a processing request for "upload"
    Then it is refused with unavailable
    When 1 minute passes
    Then the oracle says that the trace conforms
