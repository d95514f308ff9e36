@case:S13 @os:26.1
# Asked: An identifier for each run: what then?
Feature: S13 A transcription with an identifier for each run
  A transcription app: a task for each recording, with the GPU where there is one. Progress and
  title each second until the person stops it.

  Background:
    Given the app "com.example.scribe"
    And it permits "transcribe.*"
    And the trace is rebuilt from an app's source

  @trace @rule:EXP-11 @rule:UIX-3 @conforms
  Scenario: On an iPhone, without the GPU
    Progress and a new title each second; the person stops it, the task expires and is completed
    as a failure.

    Given an iPhone with iOS 26.1
    When the person opens the app
    And the app finishes launching
    And 12 seconds later, the app asks for the supported resources, and it gets nothing
    And the app registers a handler for "transcribe.8F1C2A90-5B1E-4C0B-9D35-2E6A7C41B0D7", and it returns true
    And the app submits a continued request for "transcribe.8F1C2A90-5B1E-4C0B-9D35-2E6A7C41B0D7", caused by a person, titled "Transcribing interview", subtitled "0 %", and it is accepted
    Then the "transcribe.8F1C2A90-5B1E-4C0B-9D35-2E6A7C41B0D7" task is delivered as a continued task
    When the app sets the expiration handler of the "transcribe.8F1C2A90-5B1E-4C0B-9D35-2E6A7C41B0D7" task
    And the app sets the progress of the "transcribe.8F1C2A90-5B1E-4C0B-9D35-2E6A7C41B0D7" task, completed 0, total 600
    And the app begins the work of "transcribe.8F1C2A90-5B1E-4C0B-9D35-2E6A7C41B0D7"
    And 1 second later, the app sets the progress of the "transcribe.8F1C2A90-5B1E-4C0B-9D35-2E6A7C41B0D7" task, completed 9
    And the app titles the "transcribe.8F1C2A90-5B1E-4C0B-9D35-2E6A7C41B0D7" task "Transcribing interview" and "1 %"
    And 1 second later, the app sets the progress of the "transcribe.8F1C2A90-5B1E-4C0B-9D35-2E6A7C41B0D7" task, completed 18
    And the app titles the "transcribe.8F1C2A90-5B1E-4C0B-9D35-2E6A7C41B0D7" task "Transcribing interview" and "3 %"
    And 1 second later, the app sets the progress of the "transcribe.8F1C2A90-5B1E-4C0B-9D35-2E6A7C41B0D7" task, completed 27
    And the app titles the "transcribe.8F1C2A90-5B1E-4C0B-9D35-2E6A7C41B0D7" task "Transcribing interview" and "4 %"
    And the app leaves the foreground
    Then the card of the "transcribe.8F1C2A90-5B1E-4C0B-9D35-2E6A7C41B0D7" task appears, titled "Transcribing interview", subtitled "4 %"
    When 1 second later, the app sets the progress of the "transcribe.8F1C2A90-5B1E-4C0B-9D35-2E6A7C41B0D7" task, completed 36
    And the app titles the "transcribe.8F1C2A90-5B1E-4C0B-9D35-2E6A7C41B0D7" task "Transcribing interview" and "6 %"
    And 1 second later, the app sets the progress of the "transcribe.8F1C2A90-5B1E-4C0B-9D35-2E6A7C41B0D7" task, completed 45
    And the app titles the "transcribe.8F1C2A90-5B1E-4C0B-9D35-2E6A7C41B0D7" task "Transcribing interview" and "7 %"
    And 1 second later, the app sets the progress of the "transcribe.8F1C2A90-5B1E-4C0B-9D35-2E6A7C41B0D7" task, completed 54
    And the app titles the "transcribe.8F1C2A90-5B1E-4C0B-9D35-2E6A7C41B0D7" task "Transcribing interview" and "9 %"
    Then the card of the "transcribe.8F1C2A90-5B1E-4C0B-9D35-2E6A7C41B0D7" task changes, titled "Transcribing interview", subtitled "9 %"
    When 1 second later, the app sets the progress of the "transcribe.8F1C2A90-5B1E-4C0B-9D35-2E6A7C41B0D7" task, completed 63
    And the app titles the "transcribe.8F1C2A90-5B1E-4C0B-9D35-2E6A7C41B0D7" task "Transcribing interview" and "10 %"
    And 1 second later, the app sets the progress of the "transcribe.8F1C2A90-5B1E-4C0B-9D35-2E6A7C41B0D7" task, completed 72
    And the app titles the "transcribe.8F1C2A90-5B1E-4C0B-9D35-2E6A7C41B0D7" task "Transcribing interview" and "12 %"
    And 1 second later, the app sets the progress of the "transcribe.8F1C2A90-5B1E-4C0B-9D35-2E6A7C41B0D7" task, completed 81
    And the app titles the "transcribe.8F1C2A90-5B1E-4C0B-9D35-2E6A7C41B0D7" task "Transcribing interview" and "13 %"
    And 1 second later, the app sets the progress of the "transcribe.8F1C2A90-5B1E-4C0B-9D35-2E6A7C41B0D7" task, completed 90
    And the app titles the "transcribe.8F1C2A90-5B1E-4C0B-9D35-2E6A7C41B0D7" task "Transcribing interview" and "15 %"
    And the person stops the "transcribe.8F1C2A90-5B1E-4C0B-9D35-2E6A7C41B0D7" task
    Then 4 seconds later, the "transcribe.8F1C2A90-5B1E-4C0B-9D35-2E6A7C41B0D7" task is expired
    When the app ends the work of "transcribe.8F1C2A90-5B1E-4C0B-9D35-2E6A7C41B0D7"
    And the app completes the "transcribe.8F1C2A90-5B1E-4C0B-9D35-2E6A7C41B0D7" task as a failure
    Then the card of the "transcribe.8F1C2A90-5B1E-4C0B-9D35-2E6A7C41B0D7" task goes away
    And 2 seconds later, the app is suspended
    And nothing else happens for 1 minute
    And the oracle says that the trace conforms
    And otherwise the oracle would blame the scheduler under UIX-3

  @trace @rule:RES-5 @rule:UIX-3 @conforms
  Scenario: On an iPad, with the GPU
    The iPad has background GPU, and the app requires it; the rest is the same.

    Given an iPad with iOS 26.1
    And the device has a GPU for background work
    And its entitlements: "com.apple.developer.background-tasks.continued-processing.gpu"
    When the person opens the app
    And the app finishes launching
    And 12 seconds later, the app asks for the supported resources, and it gets the GPU
    And the app registers a handler for "transcribe.8F1C2A90-5B1E-4C0B-9D35-2E6A7C41B0D7", and it returns true
    And the app submits a continued request for "transcribe.8F1C2A90-5B1E-4C0B-9D35-2E6A7C41B0D7", caused by a person, and it is accepted:
      | requiring | the GPU                  |
      | titled    | "Transcribing interview" |
      | subtitled | "0 %"                    |
    Then the "transcribe.8F1C2A90-5B1E-4C0B-9D35-2E6A7C41B0D7" task is delivered as a continued task
    When the app sets the expiration handler of the "transcribe.8F1C2A90-5B1E-4C0B-9D35-2E6A7C41B0D7" task
    And the app sets the progress of the "transcribe.8F1C2A90-5B1E-4C0B-9D35-2E6A7C41B0D7" task, completed 0, total 600
    And the app begins the work of "transcribe.8F1C2A90-5B1E-4C0B-9D35-2E6A7C41B0D7"
    And 1 second later, the app sets the progress of the "transcribe.8F1C2A90-5B1E-4C0B-9D35-2E6A7C41B0D7" task, completed 9
    And the app titles the "transcribe.8F1C2A90-5B1E-4C0B-9D35-2E6A7C41B0D7" task "Transcribing interview" and "1 %"
    And 1 second later, the app sets the progress of the "transcribe.8F1C2A90-5B1E-4C0B-9D35-2E6A7C41B0D7" task, completed 18
    And the app titles the "transcribe.8F1C2A90-5B1E-4C0B-9D35-2E6A7C41B0D7" task "Transcribing interview" and "3 %"
    And 1 second later, the app sets the progress of the "transcribe.8F1C2A90-5B1E-4C0B-9D35-2E6A7C41B0D7" task, completed 27
    And the app titles the "transcribe.8F1C2A90-5B1E-4C0B-9D35-2E6A7C41B0D7" task "Transcribing interview" and "4 %"
    And the app leaves the foreground
    Then the card of the "transcribe.8F1C2A90-5B1E-4C0B-9D35-2E6A7C41B0D7" task appears, titled "Transcribing interview", subtitled "4 %"
    When the app uses the GPU, and it succeeds
    And 1 second later, the app sets the progress of the "transcribe.8F1C2A90-5B1E-4C0B-9D35-2E6A7C41B0D7" task, completed 36
    And the app titles the "transcribe.8F1C2A90-5B1E-4C0B-9D35-2E6A7C41B0D7" task "Transcribing interview" and "6 %"
    And 1 second later, the app sets the progress of the "transcribe.8F1C2A90-5B1E-4C0B-9D35-2E6A7C41B0D7" task, completed 45
    And the app titles the "transcribe.8F1C2A90-5B1E-4C0B-9D35-2E6A7C41B0D7" task "Transcribing interview" and "7 %"
    And 1 second later, the app sets the progress of the "transcribe.8F1C2A90-5B1E-4C0B-9D35-2E6A7C41B0D7" task, completed 54
    And the app titles the "transcribe.8F1C2A90-5B1E-4C0B-9D35-2E6A7C41B0D7" task "Transcribing interview" and "9 %"
    Then the card of the "transcribe.8F1C2A90-5B1E-4C0B-9D35-2E6A7C41B0D7" task changes, titled "Transcribing interview", subtitled "9 %"
    When 1 second later, the app sets the progress of the "transcribe.8F1C2A90-5B1E-4C0B-9D35-2E6A7C41B0D7" task, completed 63
    And the app titles the "transcribe.8F1C2A90-5B1E-4C0B-9D35-2E6A7C41B0D7" task "Transcribing interview" and "10 %"
    And 1 second later, the app sets the progress of the "transcribe.8F1C2A90-5B1E-4C0B-9D35-2E6A7C41B0D7" task, completed 72
    And the app titles the "transcribe.8F1C2A90-5B1E-4C0B-9D35-2E6A7C41B0D7" task "Transcribing interview" and "12 %"
    And 1 second later, the app sets the progress of the "transcribe.8F1C2A90-5B1E-4C0B-9D35-2E6A7C41B0D7" task, completed 81
    And the app titles the "transcribe.8F1C2A90-5B1E-4C0B-9D35-2E6A7C41B0D7" task "Transcribing interview" and "13 %"
    And 1 second later, the app sets the progress of the "transcribe.8F1C2A90-5B1E-4C0B-9D35-2E6A7C41B0D7" task, completed 90
    And the app titles the "transcribe.8F1C2A90-5B1E-4C0B-9D35-2E6A7C41B0D7" task "Transcribing interview" and "15 %"
    And the person stops the "transcribe.8F1C2A90-5B1E-4C0B-9D35-2E6A7C41B0D7" task
    Then 4 seconds later, the "transcribe.8F1C2A90-5B1E-4C0B-9D35-2E6A7C41B0D7" task is expired
    When the app ends the work of "transcribe.8F1C2A90-5B1E-4C0B-9D35-2E6A7C41B0D7"
    And the app completes the "transcribe.8F1C2A90-5B1E-4C0B-9D35-2E6A7C41B0D7" task as a failure
    Then the card of the "transcribe.8F1C2A90-5B1E-4C0B-9D35-2E6A7C41B0D7" task goes away
    And 2 seconds later, the app is suspended
    And nothing else happens for 1 minute
    And the oracle says that the trace conforms
    And otherwise the oracle would blame the device under RES-5
    And otherwise the oracle would blame the scheduler under UIX-3

  @run @conforms
  Scenario: On any scheduler: on an iPhone, without the GPU
    Given an iPhone with iOS 26.1
    When the person opens the app
    And the app finishes launching
    And 12 seconds later, the app asks for the supported resources
    And the app registers a handler for "transcribe.8F1C2A90-5B1E-4C0B-9D35-2E6A7C41B0D7"
    And the app submits a continued request for "transcribe.8F1C2A90-5B1E-4C0B-9D35-2E6A7C41B0D7", caused by a person, titled "Transcribing interview", subtitled "0 %"
    Then the "transcribe.8F1C2A90-5B1E-4C0B-9D35-2E6A7C41B0D7" task is delivered as a continued task
    When the app sets the expiration handler of the "transcribe.8F1C2A90-5B1E-4C0B-9D35-2E6A7C41B0D7" task
    And the app sets the progress of the "transcribe.8F1C2A90-5B1E-4C0B-9D35-2E6A7C41B0D7" task, completed 0, total 600
    And the app begins the work of "transcribe.8F1C2A90-5B1E-4C0B-9D35-2E6A7C41B0D7"
    And 1 second later, the app sets the progress of the "transcribe.8F1C2A90-5B1E-4C0B-9D35-2E6A7C41B0D7" task, completed 9
    And the app titles the "transcribe.8F1C2A90-5B1E-4C0B-9D35-2E6A7C41B0D7" task "Transcribing interview" and "1 %"
    And 1 second later, the app sets the progress of the "transcribe.8F1C2A90-5B1E-4C0B-9D35-2E6A7C41B0D7" task, completed 18
    And the app titles the "transcribe.8F1C2A90-5B1E-4C0B-9D35-2E6A7C41B0D7" task "Transcribing interview" and "3 %"
    And 1 second later, the app sets the progress of the "transcribe.8F1C2A90-5B1E-4C0B-9D35-2E6A7C41B0D7" task, completed 27
    And the app titles the "transcribe.8F1C2A90-5B1E-4C0B-9D35-2E6A7C41B0D7" task "Transcribing interview" and "4 %"
    And the app leaves the foreground
    And 1 second later, the app sets the progress of the "transcribe.8F1C2A90-5B1E-4C0B-9D35-2E6A7C41B0D7" task, completed 36
    And the app titles the "transcribe.8F1C2A90-5B1E-4C0B-9D35-2E6A7C41B0D7" task "Transcribing interview" and "6 %"
    And 1 second later, the app sets the progress of the "transcribe.8F1C2A90-5B1E-4C0B-9D35-2E6A7C41B0D7" task, completed 45
    And the app titles the "transcribe.8F1C2A90-5B1E-4C0B-9D35-2E6A7C41B0D7" task "Transcribing interview" and "7 %"
    And 1 second later, the app sets the progress of the "transcribe.8F1C2A90-5B1E-4C0B-9D35-2E6A7C41B0D7" task, completed 54
    And the app titles the "transcribe.8F1C2A90-5B1E-4C0B-9D35-2E6A7C41B0D7" task "Transcribing interview" and "9 %"
    And 1 second later, the app sets the progress of the "transcribe.8F1C2A90-5B1E-4C0B-9D35-2E6A7C41B0D7" task, completed 63
    And the app titles the "transcribe.8F1C2A90-5B1E-4C0B-9D35-2E6A7C41B0D7" task "Transcribing interview" and "10 %"
    And 1 second later, the app sets the progress of the "transcribe.8F1C2A90-5B1E-4C0B-9D35-2E6A7C41B0D7" task, completed 72
    And the app titles the "transcribe.8F1C2A90-5B1E-4C0B-9D35-2E6A7C41B0D7" task "Transcribing interview" and "12 %"
    And 1 second later, the app sets the progress of the "transcribe.8F1C2A90-5B1E-4C0B-9D35-2E6A7C41B0D7" task, completed 81
    And the app titles the "transcribe.8F1C2A90-5B1E-4C0B-9D35-2E6A7C41B0D7" task "Transcribing interview" and "13 %"
    And 1 second later, the app sets the progress of the "transcribe.8F1C2A90-5B1E-4C0B-9D35-2E6A7C41B0D7" task, completed 90
    And the app titles the "transcribe.8F1C2A90-5B1E-4C0B-9D35-2E6A7C41B0D7" task "Transcribing interview" and "15 %"
    And the person stops the "transcribe.8F1C2A90-5B1E-4C0B-9D35-2E6A7C41B0D7" task
    And 4 seconds later, the app ends the work of "transcribe.8F1C2A90-5B1E-4C0B-9D35-2E6A7C41B0D7"
    And the app completes the "transcribe.8F1C2A90-5B1E-4C0B-9D35-2E6A7C41B0D7" task as a failure
    And 1 minute 2 seconds pass
    Then the oracle says that the trace conforms

  @run @conforms
  Scenario: On any scheduler: on an iPad, with the GPU
    Given an iPad with iOS 26.1
    And the device has a GPU for background work
    And its entitlements: "com.apple.developer.background-tasks.continued-processing.gpu"
    When the person opens the app
    And the app finishes launching
    And 12 seconds later, the app asks for the supported resources
    And the app registers a handler for "transcribe.8F1C2A90-5B1E-4C0B-9D35-2E6A7C41B0D7"
    And the app submits a continued request for "transcribe.8F1C2A90-5B1E-4C0B-9D35-2E6A7C41B0D7", caused by a person:
      | requiring | the GPU                  |
      | titled    | "Transcribing interview" |
      | subtitled | "0 %"                    |
    Then the "transcribe.8F1C2A90-5B1E-4C0B-9D35-2E6A7C41B0D7" task is delivered as a continued task
    When the app sets the expiration handler of the "transcribe.8F1C2A90-5B1E-4C0B-9D35-2E6A7C41B0D7" task
    And the app sets the progress of the "transcribe.8F1C2A90-5B1E-4C0B-9D35-2E6A7C41B0D7" task, completed 0, total 600
    And the app begins the work of "transcribe.8F1C2A90-5B1E-4C0B-9D35-2E6A7C41B0D7"
    And 1 second later, the app sets the progress of the "transcribe.8F1C2A90-5B1E-4C0B-9D35-2E6A7C41B0D7" task, completed 9
    And the app titles the "transcribe.8F1C2A90-5B1E-4C0B-9D35-2E6A7C41B0D7" task "Transcribing interview" and "1 %"
    And 1 second later, the app sets the progress of the "transcribe.8F1C2A90-5B1E-4C0B-9D35-2E6A7C41B0D7" task, completed 18
    And the app titles the "transcribe.8F1C2A90-5B1E-4C0B-9D35-2E6A7C41B0D7" task "Transcribing interview" and "3 %"
    And 1 second later, the app sets the progress of the "transcribe.8F1C2A90-5B1E-4C0B-9D35-2E6A7C41B0D7" task, completed 27
    And the app titles the "transcribe.8F1C2A90-5B1E-4C0B-9D35-2E6A7C41B0D7" task "Transcribing interview" and "4 %"
    And the app leaves the foreground
    And the app uses the GPU
    And 1 second later, the app sets the progress of the "transcribe.8F1C2A90-5B1E-4C0B-9D35-2E6A7C41B0D7" task, completed 36
    And the app titles the "transcribe.8F1C2A90-5B1E-4C0B-9D35-2E6A7C41B0D7" task "Transcribing interview" and "6 %"
    And 1 second later, the app sets the progress of the "transcribe.8F1C2A90-5B1E-4C0B-9D35-2E6A7C41B0D7" task, completed 45
    And the app titles the "transcribe.8F1C2A90-5B1E-4C0B-9D35-2E6A7C41B0D7" task "Transcribing interview" and "7 %"
    And 1 second later, the app sets the progress of the "transcribe.8F1C2A90-5B1E-4C0B-9D35-2E6A7C41B0D7" task, completed 54
    And the app titles the "transcribe.8F1C2A90-5B1E-4C0B-9D35-2E6A7C41B0D7" task "Transcribing interview" and "9 %"
    And 1 second later, the app sets the progress of the "transcribe.8F1C2A90-5B1E-4C0B-9D35-2E6A7C41B0D7" task, completed 63
    And the app titles the "transcribe.8F1C2A90-5B1E-4C0B-9D35-2E6A7C41B0D7" task "Transcribing interview" and "10 %"
    And 1 second later, the app sets the progress of the "transcribe.8F1C2A90-5B1E-4C0B-9D35-2E6A7C41B0D7" task, completed 72
    And the app titles the "transcribe.8F1C2A90-5B1E-4C0B-9D35-2E6A7C41B0D7" task "Transcribing interview" and "12 %"
    And 1 second later, the app sets the progress of the "transcribe.8F1C2A90-5B1E-4C0B-9D35-2E6A7C41B0D7" task, completed 81
    And the app titles the "transcribe.8F1C2A90-5B1E-4C0B-9D35-2E6A7C41B0D7" task "Transcribing interview" and "13 %"
    And 1 second later, the app sets the progress of the "transcribe.8F1C2A90-5B1E-4C0B-9D35-2E6A7C41B0D7" task, completed 90
    And the app titles the "transcribe.8F1C2A90-5B1E-4C0B-9D35-2E6A7C41B0D7" task "Transcribing interview" and "15 %"
    And the person stops the "transcribe.8F1C2A90-5B1E-4C0B-9D35-2E6A7C41B0D7" task
    And 4 seconds later, the app ends the work of "transcribe.8F1C2A90-5B1E-4C0B-9D35-2E6A7C41B0D7"
    And the app completes the "transcribe.8F1C2A90-5B1E-4C0B-9D35-2E6A7C41B0D7" task as a failure
    And 1 minute 2 seconds pass
    Then the oracle says that the trace conforms
