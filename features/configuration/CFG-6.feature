@rule:CFG-6 @os:18.0
Feature: CFG-6 Mac may be inert
  On the Mac (Catalyst, or an iPad app on a Mac) the reference lists refresh and processing as
  supported ("works"); staff say that submission succeeds, nothing is pending and nothing is ever
  launched ("inert").

  Background:
    Given a Mac with Mac Catalyst 18.0
    And the app "com.example.app" permits "sync", with the background modes "fetch" and "processing"
    When the person opens the app, which registers "sync" while it launches
    And the app submits a refresh request for "sync", and it is accepted

  @trace @conforms @scheduler
  Scenario: On the Mac the request is accepted and listed
    When the app asks for the pending requests, and it gets these requests:
      | identifier | kind    |
      | "sync"     | refresh |
    Then nothing else happens for 1 second
    And the oracle says that the trace conforms
    And otherwise the oracle would blame the scheduler under PEN-1
    And with mac_scheduler = "inert", the oracle blames the scheduler under PEN-1

  @trace @rule:PEN-1 @conforms @scheduler
  Scenario: On the Mac nothing is pending
    The reference says that it works on the Mac.

    When the app asks for the pending requests, and it gets nothing
    Then nothing else happens for 1 second
    And the oracle says that the trace conforms
    And with mac_scheduler = "works", the oracle blames the scheduler under PEN-1

  @run @conforms
  Scenario: On any scheduler: on the Mac the request is accepted and listed
    When the app asks for the pending requests
    And 1 second passes
    Then the oracle says that the trace conforms
