@rule:IDN-2 @os:26.0
Feature: IDN-2 Wildcard covers one character more
  A wildcard entry covers an identifier that starts with the entry less its "*" and goes on for at
  least one character: "com.foo.App.export.*" covers "com.foo.App.export.A1", and neither
  "com.foo.App.export", "com.foo.App.export." nor "com.foo.App.exporter.A1".

  Background:
    Given an iPhone with iOS 26.0
    And the app "com.example.app" permits "export.*", with the background modes "fetch" and "processing"

  @trace @conforms
  Scenario: The entry needs one more character
    When the person opens the app
    And the app registers a handler for "export", and it returns false
    And the app finishes launching
    Then nothing else happens for 1 second
    And the oracle says that the trace conforms
    And otherwise the oracle would blame the scheduler under IDN-2

  @trace @scheduler
  Scenario: An identifier with further letters behind the prefix is registered
    When the person opens the app, which registers "exporter.A1" while it launches
    Then nothing else happens for 1 second
    And the oracle blames the scheduler under IDN-2

  @run @conforms
  Scenario: On any scheduler: the entry needs one more character
    When the person opens the app
    And the app registers a handler for "export"
    Then it returns false
    When the app finishes launching
    And 1 second passes
    Then the oracle says that the trace conforms

  @run @conforms
  Scenario Outline: No wildcard entry covers <what>
    When the person opens the app
    And the app registers a handler for <identifier>
    Then it returns false
    When the app finishes launching
    Then the oracle says that the trace conforms

    Examples:
      | what                                      | identifier    |
      | the prefix with its dot and nothing more  | "export."     |
      | the prefix with further letters behind it | "exporter.A1" |
      | the prefix without its dot                | "export"      |
      | another prefix                            | "import.A1"   |
