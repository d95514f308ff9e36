@rule:LAU-8 @os:26.0
Feature: LAU-8 Work does not wait for handler
  Continued work does not wait for the handler for ever: it starts at once and the task is attached
  when it comes. Reported only where an accepted request was not delivered and the work never began.
  (Apple's article puts the work into the handler.)

  @trace @conforms
  Scenario: Not delivered, and the work never began
    Given an iPhone with iOS 26.0
    And the app "com.example.app" permits "export.*", with the background modes "processing"
    When the person opens the app, which registers nothing while it launches
    And 4 seconds later, the app registers and submits a continued request for "export.1", titled "Export", subtitled "Starting", and it is accepted
    Then nothing else happens for 2 minutes
    And the oracle says that the trace conforms
    And the oracle advises LAU-8
