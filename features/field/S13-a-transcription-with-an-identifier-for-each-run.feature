@case:S13 @os:26.1
# Asked: An identifier for each run: what then?
Feature: S13 A transcription with an identifier for each run
  A transcription app: a task for each recording, with the GPU where there is one. Progress and
  title each second until the person stops it.

  Background:
    Given the app "com.example.scribe" permits "transcribe.*"
    And the trace is rebuilt from an app's source

  @trace @sequence @rule:EXP-11 @rule:UIX-3 @conforms
  Scenario: On an iPhone, without the GPU
    Progress and a new title each second; the person stops it, the task expires and is completed
    as a failure.

    Given an iPhone with iOS 26.1
    When the person opens the app, which registers nothing while it launches
    And 12 seconds later, the app asks for the supported resources, and it gets nothing
    And the app starts a continued task for "transcribe.8F1C2A90-5B1E-4C0B-9D35-2E6A7C41B0D7", at 0 of 600, caused by a person, titled "Transcribing interview", subtitled "0 %", and begins its work
    And 1 second later, the app sets the progress of the "transcribe.8F1C2A90-5B1E-4C0B-9D35-2E6A7C41B0D7" task, completed 9, and titles it "Transcribing interview" and "1 %"
    And 1 second later, the app sets the progress of the "transcribe.8F1C2A90-5B1E-4C0B-9D35-2E6A7C41B0D7" task, completed 18, and titles it "Transcribing interview" and "3 %"
    And 1 second later, the app sets the progress of the "transcribe.8F1C2A90-5B1E-4C0B-9D35-2E6A7C41B0D7" task, completed 27, and titles it "Transcribing interview" and "4 %"
    And the app leaves the foreground, and the card of the "transcribe.8F1C2A90-5B1E-4C0B-9D35-2E6A7C41B0D7" task appears, titled "Transcribing interview", subtitled "4 %"
    And 1 second later, the app sets the progress of the "transcribe.8F1C2A90-5B1E-4C0B-9D35-2E6A7C41B0D7" task, completed 36, and titles it "Transcribing interview" and "6 %"
    And 1 second later, the app sets the progress of the "transcribe.8F1C2A90-5B1E-4C0B-9D35-2E6A7C41B0D7" task, completed 45, and titles it "Transcribing interview" and "7 %"
    And 1 second later, the app sets the progress of the "transcribe.8F1C2A90-5B1E-4C0B-9D35-2E6A7C41B0D7" task, completed 54, and titles it "Transcribing interview" and "9 %"
    Then the card of the "transcribe.8F1C2A90-5B1E-4C0B-9D35-2E6A7C41B0D7" task changes, titled "Transcribing interview", subtitled "9 %"
    When 1 second later, the app sets the progress of the "transcribe.8F1C2A90-5B1E-4C0B-9D35-2E6A7C41B0D7" task, completed 63, and titles it "Transcribing interview" and "10 %"
    And 1 second later, the app sets the progress of the "transcribe.8F1C2A90-5B1E-4C0B-9D35-2E6A7C41B0D7" task, completed 72, and titles it "Transcribing interview" and "12 %"
    And 1 second later, the app sets the progress of the "transcribe.8F1C2A90-5B1E-4C0B-9D35-2E6A7C41B0D7" task, completed 81, and titles it "Transcribing interview" and "13 %"
    And 1 second later, the app sets the progress of the "transcribe.8F1C2A90-5B1E-4C0B-9D35-2E6A7C41B0D7" task, completed 90, and titles it "Transcribing interview" and "15 %"
    And the person stops the "transcribe.8F1C2A90-5B1E-4C0B-9D35-2E6A7C41B0D7" task
    Then 4 seconds later, the "transcribe.8F1C2A90-5B1E-4C0B-9D35-2E6A7C41B0D7" task is expired, and the app ends its work and completes it as a failure
    And the card of the "transcribe.8F1C2A90-5B1E-4C0B-9D35-2E6A7C41B0D7" task goes away
    And 2 seconds later, the app is suspended, and nothing else happens for 1 minute
    And the oracle says that the trace conforms
    And otherwise the oracle would blame the scheduler under UIX-3

  @trace @sequence @rule:RES-5 @rule:UIX-3 @conforms
  Scenario: On an iPad, with the GPU
    The iPad has background GPU, and the app requires it; the rest is the same.

    Given an iPad with iOS 26.1
    And the device has a GPU for background work
    And its entitlements: "com.apple.developer.background-tasks.continued-processing.gpu"
    When the person opens the app, which registers nothing while it launches
    And 12 seconds later, the app asks for the supported resources, and it gets the GPU
    And the app registers and submits a continued request for "transcribe.8F1C2A90-5B1E-4C0B-9D35-2E6A7C41B0D7", caused by a person, and it is accepted:
      | requiring | the GPU                  |
      | titled    | "Transcribing interview" |
      | subtitled | "0 %"                    |
    Then the "transcribe.8F1C2A90-5B1E-4C0B-9D35-2E6A7C41B0D7" task is delivered as a continued task, and the app sets its expiration handler and its progress, completed 0, total 600
    When the app begins the work of "transcribe.8F1C2A90-5B1E-4C0B-9D35-2E6A7C41B0D7"
    And 1 second later, the app sets the progress of the "transcribe.8F1C2A90-5B1E-4C0B-9D35-2E6A7C41B0D7" task, completed 9, and titles it "Transcribing interview" and "1 %"
    And 1 second later, the app sets the progress of the "transcribe.8F1C2A90-5B1E-4C0B-9D35-2E6A7C41B0D7" task, completed 18, and titles it "Transcribing interview" and "3 %"
    And 1 second later, the app sets the progress of the "transcribe.8F1C2A90-5B1E-4C0B-9D35-2E6A7C41B0D7" task, completed 27, and titles it "Transcribing interview" and "4 %"
    And the app leaves the foreground, and the card of the "transcribe.8F1C2A90-5B1E-4C0B-9D35-2E6A7C41B0D7" task appears, titled "Transcribing interview", subtitled "4 %"
    And the app uses the GPU, and it succeeds
    And 1 second later, the app sets the progress of the "transcribe.8F1C2A90-5B1E-4C0B-9D35-2E6A7C41B0D7" task, completed 36, and titles it "Transcribing interview" and "6 %"
    And 1 second later, the app sets the progress of the "transcribe.8F1C2A90-5B1E-4C0B-9D35-2E6A7C41B0D7" task, completed 45, and titles it "Transcribing interview" and "7 %"
    And 1 second later, the app sets the progress of the "transcribe.8F1C2A90-5B1E-4C0B-9D35-2E6A7C41B0D7" task, completed 54, and titles it "Transcribing interview" and "9 %"
    Then the card of the "transcribe.8F1C2A90-5B1E-4C0B-9D35-2E6A7C41B0D7" task changes, titled "Transcribing interview", subtitled "9 %"
    When 1 second later, the app sets the progress of the "transcribe.8F1C2A90-5B1E-4C0B-9D35-2E6A7C41B0D7" task, completed 63, and titles it "Transcribing interview" and "10 %"
    And 1 second later, the app sets the progress of the "transcribe.8F1C2A90-5B1E-4C0B-9D35-2E6A7C41B0D7" task, completed 72, and titles it "Transcribing interview" and "12 %"
    And 1 second later, the app sets the progress of the "transcribe.8F1C2A90-5B1E-4C0B-9D35-2E6A7C41B0D7" task, completed 81, and titles it "Transcribing interview" and "13 %"
    And 1 second later, the app sets the progress of the "transcribe.8F1C2A90-5B1E-4C0B-9D35-2E6A7C41B0D7" task, completed 90, and titles it "Transcribing interview" and "15 %"
    And the person stops the "transcribe.8F1C2A90-5B1E-4C0B-9D35-2E6A7C41B0D7" task
    Then 4 seconds later, the "transcribe.8F1C2A90-5B1E-4C0B-9D35-2E6A7C41B0D7" task is expired, and the app ends its work and completes it as a failure
    And the card of the "transcribe.8F1C2A90-5B1E-4C0B-9D35-2E6A7C41B0D7" task goes away
    And 2 seconds later, the app is suspended, and nothing else happens for 1 minute
    And the oracle says that the trace conforms
    And otherwise the oracle would blame the device under RES-5
    And otherwise the oracle would blame the scheduler under UIX-3

  @run @sequence @conforms
  Scenario: On any scheduler: on an iPhone, without the GPU
    Given an iPhone with iOS 26.1
    When the person opens the app, which registers nothing while it launches
    And 12 seconds later, the app asks for the supported resources
    And the app registers and submits a continued request for "transcribe.8F1C2A90-5B1E-4C0B-9D35-2E6A7C41B0D7", caused by a person, titled "Transcribing interview", subtitled "0 %"
    Then the "transcribe.8F1C2A90-5B1E-4C0B-9D35-2E6A7C41B0D7" task is delivered as a continued task, and the app sets its expiration handler and its progress, completed 0, total 600
    When the app begins the work of "transcribe.8F1C2A90-5B1E-4C0B-9D35-2E6A7C41B0D7"
    And 1 second later, the app sets the progress of the "transcribe.8F1C2A90-5B1E-4C0B-9D35-2E6A7C41B0D7" task, completed 9, and titles it "Transcribing interview" and "1 %"
    And 1 second later, the app sets the progress of the "transcribe.8F1C2A90-5B1E-4C0B-9D35-2E6A7C41B0D7" task, completed 18, and titles it "Transcribing interview" and "3 %"
    And 1 second later, the app sets the progress of the "transcribe.8F1C2A90-5B1E-4C0B-9D35-2E6A7C41B0D7" task, completed 27, and titles it "Transcribing interview" and "4 %"
    And the app leaves the foreground
    And 1 second later, the app sets the progress of the "transcribe.8F1C2A90-5B1E-4C0B-9D35-2E6A7C41B0D7" task, completed 36, and titles it "Transcribing interview" and "6 %"
    And 1 second later, the app sets the progress of the "transcribe.8F1C2A90-5B1E-4C0B-9D35-2E6A7C41B0D7" task, completed 45, and titles it "Transcribing interview" and "7 %"
    And 1 second later, the app sets the progress of the "transcribe.8F1C2A90-5B1E-4C0B-9D35-2E6A7C41B0D7" task, completed 54, and titles it "Transcribing interview" and "9 %"
    And 1 second later, the app sets the progress of the "transcribe.8F1C2A90-5B1E-4C0B-9D35-2E6A7C41B0D7" task, completed 63, and titles it "Transcribing interview" and "10 %"
    And 1 second later, the app sets the progress of the "transcribe.8F1C2A90-5B1E-4C0B-9D35-2E6A7C41B0D7" task, completed 72, and titles it "Transcribing interview" and "12 %"
    And 1 second later, the app sets the progress of the "transcribe.8F1C2A90-5B1E-4C0B-9D35-2E6A7C41B0D7" task, completed 81, and titles it "Transcribing interview" and "13 %"
    And 1 second later, the app sets the progress of the "transcribe.8F1C2A90-5B1E-4C0B-9D35-2E6A7C41B0D7" task, completed 90, and titles it "Transcribing interview" and "15 %"
    And the person stops the "transcribe.8F1C2A90-5B1E-4C0B-9D35-2E6A7C41B0D7" task
    And 4 seconds later, the app ends the work of "transcribe.8F1C2A90-5B1E-4C0B-9D35-2E6A7C41B0D7" and completes its task as a failure
    And 1 minute 2 seconds pass
    Then the oracle says that the trace conforms

  @run @sequence @conforms
  Scenario: On any scheduler: on an iPad, with the GPU
    Given an iPad with iOS 26.1
    And the device has a GPU for background work
    And its entitlements: "com.apple.developer.background-tasks.continued-processing.gpu"
    When the person opens the app, which registers nothing while it launches
    And 12 seconds later, the app asks for the supported resources
    And the app registers and submits a continued request for "transcribe.8F1C2A90-5B1E-4C0B-9D35-2E6A7C41B0D7", caused by a person:
      | requiring | the GPU                  |
      | titled    | "Transcribing interview" |
      | subtitled | "0 %"                    |
    Then the "transcribe.8F1C2A90-5B1E-4C0B-9D35-2E6A7C41B0D7" task is delivered as a continued task, and the app sets its expiration handler and its progress, completed 0, total 600
    When the app begins the work of "transcribe.8F1C2A90-5B1E-4C0B-9D35-2E6A7C41B0D7"
    And 1 second later, the app sets the progress of the "transcribe.8F1C2A90-5B1E-4C0B-9D35-2E6A7C41B0D7" task, completed 9, and titles it "Transcribing interview" and "1 %"
    And 1 second later, the app sets the progress of the "transcribe.8F1C2A90-5B1E-4C0B-9D35-2E6A7C41B0D7" task, completed 18, and titles it "Transcribing interview" and "3 %"
    And 1 second later, the app sets the progress of the "transcribe.8F1C2A90-5B1E-4C0B-9D35-2E6A7C41B0D7" task, completed 27, and titles it "Transcribing interview" and "4 %"
    And the app leaves the foreground
    And the app uses the GPU
    And 1 second later, the app sets the progress of the "transcribe.8F1C2A90-5B1E-4C0B-9D35-2E6A7C41B0D7" task, completed 36, and titles it "Transcribing interview" and "6 %"
    And 1 second later, the app sets the progress of the "transcribe.8F1C2A90-5B1E-4C0B-9D35-2E6A7C41B0D7" task, completed 45, and titles it "Transcribing interview" and "7 %"
    And 1 second later, the app sets the progress of the "transcribe.8F1C2A90-5B1E-4C0B-9D35-2E6A7C41B0D7" task, completed 54, and titles it "Transcribing interview" and "9 %"
    And 1 second later, the app sets the progress of the "transcribe.8F1C2A90-5B1E-4C0B-9D35-2E6A7C41B0D7" task, completed 63, and titles it "Transcribing interview" and "10 %"
    And 1 second later, the app sets the progress of the "transcribe.8F1C2A90-5B1E-4C0B-9D35-2E6A7C41B0D7" task, completed 72, and titles it "Transcribing interview" and "12 %"
    And 1 second later, the app sets the progress of the "transcribe.8F1C2A90-5B1E-4C0B-9D35-2E6A7C41B0D7" task, completed 81, and titles it "Transcribing interview" and "13 %"
    And 1 second later, the app sets the progress of the "transcribe.8F1C2A90-5B1E-4C0B-9D35-2E6A7C41B0D7" task, completed 90, and titles it "Transcribing interview" and "15 %"
    And the person stops the "transcribe.8F1C2A90-5B1E-4C0B-9D35-2E6A7C41B0D7" task
    And 4 seconds later, the app ends the work of "transcribe.8F1C2A90-5B1E-4C0B-9D35-2E6A7C41B0D7" and completes its task as a failure
    And 1 minute 2 seconds pass
    Then the oracle says that the trace conforms
