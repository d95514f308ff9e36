@rule:CFG-10
Feature: CFG-10 What exists where
  What a version, a platform or a kind does not have is not there: a wildcard entry of iOS 26 is a plain string before.

  Background:
    Given the app "com.example.app" permits "export.*", with the background modes "fetch" and "processing"

  @run @os:18.5 @conforms
  Scenario: Asked on iOS 18 for what came with 26
    Given an iPhone with iOS 18.5
    When the person opens the app
    And the app registers a handler for "export.1"
    Then it returns false
    And the oracle says that the trace conforms
