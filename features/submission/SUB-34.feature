@rule:SUB-34 @os:27.0
Feature: SUB-34 Foreign error
  Any submission, the asynchronous one too, may fail with an error of another domain than the
  scheduler's (a connection to the system that broke), though no reason of these rules holds: nothing
  is accepted, and what was outstanding stays (SUB-9). A submission that has to raise (SUB-2) raises
  all the same.

  Background:
    Given an iPhone with iOS 27.0
    And the app "com.example.app" permits "sync", with the background modes "fetch" and "processing"

  @trace @conforms
  Scenario: The connection to the system broke
    Seen on 27.0, second hand.

    Given the implementation declares foreign_submit_errors = "possible"
    When the person opens the app, which registers "sync" while it launches
    And the app submits a refresh request for "sync", and it is refused with code 4097 of the domain "NSCocoaErrorDomain"
    And the app asks for the pending requests, and it gets nothing
    Then nothing else happens for 1 second
    And the oracle says that the trace conforms

  @trace @scheduler
  Scenario: It never breaks here
    Given the implementation declares foreign_submit_errors = "never"
    When the person opens the app, which registers "sync" while it launches
    And the app submits a refresh request for "sync", and it is refused with code 4097 of the domain "NSCocoaErrorDomain"
    Then nothing else happens for 1 second
    And the oracle blames the scheduler under SUB-1
