@case:S11 @os:26.1
# Asked: A handler for each upload: is that right?
Feature: S11 CommonsFinder registers for each upload
  CommonsFinder: uploads to Wikimedia Commons as continued tasks. The second registration of one
  identifier raises. A wildcard entry and one identifier for each upload is the way.

  Background:
    Given an iPhone with iOS 26.1
    And the app "com.example.commonsfinder"
    And the trace is rebuilt from an app's source

  @trace @sequence @rule:REG-12 @rule:REG-3 @app
  Scenario: Registers each upload
    The second upload registers the same identifier in the same process: it raises, and the app
    dies.

    Given it permits "upload"
    When the person opens the app, which registers nothing while it launches
    And 20 seconds later, the app starts a continued task for "upload", at 0 of 100, caused by a person, titled "Uploading photo", subtitled "Commons", and begins its work
    And 2 seconds later, the app sets the progress of the "upload" task, completed 12
    And 1 second later, the app sets the progress of the "upload" task, completed 24
    And 2 seconds later, the app sets the progress of the "upload" task, completed 36
    And 1 second later, the app sets the progress of the "upload" task, completed 48
    And 2 seconds later, the app sets the progress of the "upload" task, completed 60
    And 1 second later, the app sets the progress of the "upload" task, completed 72
    And 2 seconds later, the app sets the progress of the "upload" task, completed 84
    And 1 second later, the app sets the progress of the "upload" task, completed 96
    And the app ends the work of "upload"
    And the app sets the progress of the "upload" task, completed 100, and completes it as a success
    And 42 seconds later, the app registers a handler for "upload", and it raises "Launch handler for task with identifier com.example.commonsfinder.upload has already been registered"
    And the app crashes
    Then nothing else happens for 1 minute
    And the oracle blames the app under REG-12
    And otherwise the oracle would blame the scheduler under REG-3

  @trace @sequence @conforms
  Scenario: One registration an identifier
    A wildcard entry, a fresh identifier for each upload, and a retry that only submits.

    Given it permits "upload.*"
    When the person opens the app, which registers nothing while it launches
    And 20 seconds later, the app starts a continued task for "upload.1", at 0 of 100, caused by a person, titled "Uploading photo", subtitled "Commons", and begins its work
    And 2 seconds later, the app sets the progress of the "upload.1" task, completed 12
    And 1 second later, the app sets the progress of the "upload.1" task, completed 24
    And 2 seconds later, the app sets the progress of the "upload.1" task, completed 36
    And 1 second later, the app sets the progress of the "upload.1" task, completed 48
    And the app ends the work of "upload.1" and completes its task as a failure
    And 8 seconds later, the app submits a continued request for "upload.1", caused by a person, titled "Uploading photo", subtitled "Commons", and it is accepted
    Then the 2nd "upload.1" task is delivered as a continued task, and the app sets its expiration handler and its progress, completed 0, total 100
    When the app begins the work of "upload.1"
    And 1 second later, the app sets the progress of the 2nd "upload.1" task, completed 12
    And 2 seconds later, the app sets the progress of the 2nd "upload.1" task, completed 24
    And 1 second later, the app sets the progress of the 2nd "upload.1" task, completed 36
    And 2 seconds later, the app sets the progress of the 2nd "upload.1" task, completed 48
    And 1 second later, the app sets the progress of the 2nd "upload.1" task, completed 60
    And 2 seconds later, the app sets the progress of the 2nd "upload.1" task, completed 72
    And 1 second later, the app sets the progress of the 2nd "upload.1" task, completed 84
    And 2 seconds later, the app sets the progress of the 2nd "upload.1" task, completed 96
    And the app ends the work of "upload.1"
    And the app sets the progress of the 2nd "upload.1" task, completed 100, and completes it as a success
    And 41 seconds later, the app starts a continued task for "upload.2", at 0 of 100, caused by a person, titled "Uploading photo", subtitled "Commons", and begins its work
    And 2 seconds later, the app sets the progress of the "upload.2" task, completed 12
    And 1 second later, the app sets the progress of the "upload.2" task, completed 24
    And 2 seconds later, the app sets the progress of the "upload.2" task, completed 36
    And 1 second later, the app sets the progress of the "upload.2" task, completed 48
    And 2 seconds later, the app sets the progress of the "upload.2" task, completed 60
    And 1 second later, the app sets the progress of the "upload.2" task, completed 72
    And 2 seconds later, the app sets the progress of the "upload.2" task, completed 84
    And 1 second later, the app sets the progress of the "upload.2" task, completed 96
    And the app ends the work of "upload.2"
    And the app sets the progress of the "upload.2" task, completed 100, and completes it as a success
    Then nothing else happens for 1 minute 1 second
    And the oracle says that the trace conforms
    And otherwise the oracle would blame the scheduler under CON-11

  @run @sequence @rule:REG-12 @app
  Scenario: On any scheduler: registers each upload
    Given it permits "upload"
    When the person opens the app, which registers nothing while it launches
    And 20 seconds later, the app registers and submits a continued request for "upload", caused by a person, titled "Uploading photo", subtitled "Commons"
    Then the "upload" task is delivered as a continued task, and the app sets its expiration handler and its progress, completed 0, total 100
    When the app begins the work of "upload"
    And 2 seconds later, the app sets the progress of the "upload" task, completed 12
    And 1 second later, the app sets the progress of the "upload" task, completed 24
    And 2 seconds later, the app sets the progress of the "upload" task, completed 36
    And 1 second later, the app sets the progress of the "upload" task, completed 48
    And 2 seconds later, the app sets the progress of the "upload" task, completed 60
    And 1 second later, the app sets the progress of the "upload" task, completed 72
    And 2 seconds later, the app sets the progress of the "upload" task, completed 84
    And 1 second later, the app sets the progress of the "upload" task, completed 96
    And the app ends the work of "upload"
    And the app sets the progress of the "upload" task, completed 100, and completes it as a success
    And 42 seconds later, the app registers a handler for "upload"
    And 1 minute passes
    Then the oracle blames the app under REG-12

  @run @sequence @conforms
  Scenario: On any scheduler: one registration an identifier
    Given it permits "upload.*"
    When the person opens the app, which registers nothing while it launches
    And 20 seconds later, the app registers and submits a continued request for "upload.1", caused by a person, titled "Uploading photo", subtitled "Commons"
    Then the "upload.1" task is delivered as a continued task, and the app sets its expiration handler and its progress, completed 0, total 100
    When the app begins the work of "upload.1"
    And 2 seconds later, the app sets the progress of the "upload.1" task, completed 12
    And 1 second later, the app sets the progress of the "upload.1" task, completed 24
    And 2 seconds later, the app sets the progress of the "upload.1" task, completed 36
    And 1 second later, the app sets the progress of the "upload.1" task, completed 48
    And the app ends the work of "upload.1" and completes its task as a failure
    And 8 seconds later, the app submits a continued request for "upload.1", caused by a person, titled "Uploading photo", subtitled "Commons"
    And the app sets the expiration handler of the 2nd "upload.1" task
    And the app sets the progress of the 2nd "upload.1" task, completed 0, total 100
    And the app begins the work of "upload.1"
    And 1 second later, the app sets the progress of the 2nd "upload.1" task, completed 12
    And 2 seconds later, the app sets the progress of the 2nd "upload.1" task, completed 24
    And 1 second later, the app sets the progress of the 2nd "upload.1" task, completed 36
    And 2 seconds later, the app sets the progress of the 2nd "upload.1" task, completed 48
    And 1 second later, the app sets the progress of the 2nd "upload.1" task, completed 60
    And 2 seconds later, the app sets the progress of the 2nd "upload.1" task, completed 72
    And 1 second later, the app sets the progress of the 2nd "upload.1" task, completed 84
    And 2 seconds later, the app sets the progress of the 2nd "upload.1" task, completed 96
    And the app ends the work of "upload.1"
    And the app sets the progress of the 2nd "upload.1" task, completed 100, and completes it as a success
    And 41 seconds later, the app registers and submits a continued request for "upload.2", caused by a person, titled "Uploading photo", subtitled "Commons"
    And the app sets the expiration handler of the "upload.2" task
    And the app sets the progress of the "upload.2" task, completed 0, total 100
    And the app begins the work of "upload.2"
    And 2 seconds later, the app sets the progress of the "upload.2" task, completed 12
    And 1 second later, the app sets the progress of the "upload.2" task, completed 24
    And 2 seconds later, the app sets the progress of the "upload.2" task, completed 36
    And 1 second later, the app sets the progress of the "upload.2" task, completed 48
    And 2 seconds later, the app sets the progress of the "upload.2" task, completed 60
    And 1 second later, the app sets the progress of the "upload.2" task, completed 72
    And 2 seconds later, the app sets the progress of the "upload.2" task, completed 84
    And 1 second later, the app sets the progress of the "upload.2" task, completed 96
    And the app ends the work of "upload.2"
    And the app sets the progress of the "upload.2" task, completed 100, and completes it as a success
    And 1 minute 1 second pass
    Then the oracle says that the trace conforms
