@case:F02 @source:forum-797538
# Asked: Why is there no background GPU on my device?
Feature: F02 The device reports no background GPU
  Forum 797538, on an iPhone 16 Pro and on an iPad: a Metal export on capable hardware. The
  entitlement is in place and the supported resources still lack the GPU. An export goes to the
  background without it, and its GPU work is refused: the error says that the permission is
  insufficient.

  Background:
    Given the app "com.example.filmlab" permits "render.*"
    And the trace is retold from a report

  @trace @sequence @rule:RES-1 @rule:RES-4 @os:26.0 @conforms
  Scenario: SupportedResources lacks the GPU, and the GPU work fails
    The phone has no background GPU and says so; the Metal work that went on in the background
    fails.

    Given an iPhone with iOS 26.0
    And its entitlements: "com.apple.developer.background-tasks.continued-processing.gpu"
    When the person opens the app, which registers nothing while it launches
    And 20 seconds later, the app asks for the supported resources, and it gets nothing
    And the app starts a continued task for "render.1", at 0 of 100, titled "Rendering", subtitled "Scene 1", and begins its work
    And 2 seconds later, the app uses the GPU, and it succeeds
    And 1 second later, the app leaves the foreground, and the card of the "render.1" task appears, titled "Rendering", subtitled "Scene 1"
    And 2 seconds later, the app uses the GPU, and it fails
    And the app ends the work of "render.1" and completes its task as a failure
    Then the card of the "render.1" task says that it failed
    And 2 seconds later, the app is suspended, and nothing else happens for 1 minute
    And the oracle says that the trace conforms
    And otherwise the oracle would blame the scheduler under RES-1
    And otherwise the oracle would blame the device under RES-4

  @trace @rule:RES-2 @rule:RES-7 @os:26.0 @app
  Scenario: Required although the device said no: refused with notPermitted
    Given an iPhone with iOS 26.0
    And its entitlements: "com.apple.developer.background-tasks.continued-processing.gpu"
    When the person opens the app, which registers nothing while it launches
    And 20 seconds later, the app asks for the supported resources, and it gets nothing
    And the app registers and submits a continued request for "render.1", and it is refused with notPermitted:
      | requiring | the GPU     |
      | titled    | "Rendering" |
      | subtitled | "Scene 1"   |
    Then nothing else happens for 1 minute
    And the oracle blames the app under RES-7
    And otherwise the oracle would blame the scheduler under RES-2

  @trace @sequence @rule:RES-2 @rule:RES-7 @rule:SUB-12 @os:26.1 @scheduler @app
  Scenario: The GPU is required anyway, reported as accepted and lost
    Required although the device said no: reported as accepted, neither listed nor run.

    Given an iPhone with iOS 26.1
    And its entitlements: "com.apple.developer.background-tasks.continued-processing.gpu"
    When the person opens the app, which registers nothing while it launches
    And 20 seconds later, the app asks for the supported resources, and it gets nothing
    And the app registers and submits a continued request for "render.1", and it is accepted:
      | requiring | the GPU     |
      | titled    | "Rendering" |
      | subtitled | "Scene 1"   |
    And the app asks for the pending requests, and it gets nothing
    And the app begins the work of "render.1"
    And 20 seconds later, the app ends the work of "render.1"
    Then nothing else happens for 2 minutes
    And in the contract profile, the oracle blames the app under RES-7
    And in the contract profile, the oracle blames the scheduler under RES-2
    And in the field profile, the oracle blames the app under RES-7
    And in the contract profile, on iOS 27.0, the oracle blames the app under RES-7

  @trace @rule:RES-2 @rule:RES-3 @rule:RES-7 @rule:SUB-23 @os:26.0 @app
  Scenario Outline: Required without hardware and entitlement: <case>
    Given an iPhone with iOS 26.0
    When the person opens the app, which registers nothing while it launches
    And 20 seconds later, the app asks for the supported resources, and it gets nothing
    And the app registers a handler for "render.1", and it returns true
    And the app submits a continued request for "render.1", and it <answer>
      | requiring | the GPU     |
      | titled    | "Rendering" |
      | subtitled | "Scene 1"   |
    Then nothing else happens for 1 minute
    And the oracle blames the app under RES-7
    And otherwise the oracle would blame the scheduler under RES-2
    And otherwise the oracle would blame the scheduler under RES-3

    Examples:
      | case                                      | answer                        |
      | No GPU and no entitlement, refused with 1 | is refused with unavailable:  |
      | No GPU and no entitlement, refused with 3 | is refused with notPermitted: |

  @trace @rule:RES-3 @rule:RES-7 @os:26.0 @app
  Scenario: The iPad has the GPU; without the entitlement the request is refused
    Given an iPad with iOS 26.0
    And the device has a GPU for background work
    When the person opens the app, which registers nothing while it launches
    And 20 seconds later, the app asks for the supported resources, and it gets the GPU
    And the app registers and submits a continued request for "render.1", and it is refused with unavailable:
      | requiring | the GPU     |
      | titled    | "Rendering" |
      | subtitled | "Scene 1"   |
    Then nothing else happens for 1 minute
    And the oracle blames the app under RES-7
    And otherwise the oracle would blame the scheduler under RES-3

  @trace @sequence @rule:LAU-9 @rule:RES-3 @rule:RES-7 @os:26.1 @scheduler @app
  Scenario: The request that requires the GPU runs without the entitlement
    The report of acceptance could be a loss; the launch cannot.

    Given an iPad with iOS 26.1
    And the device has a GPU for background work
    When the person opens the app, which registers nothing while it launches
    And 20 seconds later, the app asks for the supported resources, and it gets the GPU
    And the app registers and submits a continued request for "render.1", and it is accepted:
      | requiring | the GPU     |
      | titled    | "Rendering" |
      | subtitled | "Scene 1"   |
    Then the "render.1" task is delivered as a continued task, and the app sets its expiration handler and its progress, completed 0, total 100
    When the app begins the work of "render.1"
    And every 2 seconds, 3 times, the app sets the progress of the "render.1" task, completed 30 and 30 more each time
    And the app sets the progress of the "render.1" task, completed 100
    And the app ends the work of "render.1" and completes its task as a success
    Then nothing else happens for 1 minute
    And in the contract profile, the oracle blames the app under RES-7
    And in the contract profile, the oracle blames the scheduler under RES-3
    And in the field profile, the oracle blames the app under RES-7
    And in the field profile, the oracle blames the scheduler under LAU-9
    And in the contract profile, on iOS 27.0, the oracle blames the app under RES-7
    And in the contract profile, on iOS 27.0, the oracle blames the scheduler under LAU-9

  @trace @rule:LAU-7 @os:26.1 @conforms @scheduler
  Scenario: An iPad accepts and never runs
    No GPU required, accepted in the foreground under "fail", and no handler runs.

    Given an iPad with iOS 26.1
    And the device has a GPU for background work
    And its entitlements: "com.apple.developer.background-tasks.continued-processing.gpu"
    When the person opens the app, which registers nothing while it launches
    And 20 seconds later, the app asks for the supported resources, and it gets the GPU
    And the app registers and submits a continued request for "render.1", and it is accepted:
      | with      | strategy fail |
      | titled    | "Rendering"   |
      | subtitled | "Scene 1"     |
    And the app begins the work of "render.1"
    And 1 minute 40 seconds later, the app ends the work of "render.1"
    Then nothing else happens for 1 minute
    And in the contract profile, the oracle blames the scheduler under LAU-7
    And in the field profile, the oracle says that the trace conforms

  @trace @rule:RES-4 @os:26.0 @device
  Scenario: Background GPU work succeeds although no task runs
    Given an iPhone with iOS 26.0
    And its entitlements: "com.apple.developer.background-tasks.continued-processing.gpu"
    When the person opens the app, which registers nothing while it launches
    And 20 seconds later, the app leaves the foreground
    And 4 seconds later, the app uses the GPU, and it succeeds
    Then 1 second later, the app is suspended, and nothing else happens for 1 minute
    And the oracle blames the device under RES-4

  @trace @sequence @rule:RES-4 @os:26.0 @device
  Scenario: GPU work succeeds in the background in a task without the GPU
    The running task did not require the GPU, and background GPU work succeeds.

    Given an iPad with iOS 26.0
    And the device has a GPU for background work
    And its entitlements: "com.apple.developer.background-tasks.continued-processing.gpu"
    When the person opens the app, which registers nothing while it launches
    And 20 seconds later, the app asks for the supported resources, and it gets the GPU
    And the app starts a continued task for "render.1", at 0 of 100, titled "Rendering", subtitled "Scene 1", and begins its work
    And 2 seconds later, the app leaves the foreground, and the card of the "render.1" task appears, titled "Rendering", subtitled "Scene 1"
    And 2 seconds later, the app uses the GPU, and it succeeds
    And every 2 seconds, 3 times, the app sets the progress of the "render.1" task, completed 30 and 30 more each time
    And the app sets the progress of the "render.1" task, completed 100
    And the app ends the work of "render.1" and completes its task as a success
    Then the card of the "render.1" task says that it finished, and goes away 4 seconds later
    And 2 seconds later, the app is suspended, and nothing else happens for 1 minute
    And the oracle blames the device under RES-4

  @trace @sequence @rule:RES-5 @os:26.0
  Scenario Outline: GPU work while the task runs: <case>
    Given an iPad with iOS 26.0
    And the device has a GPU for background work
    And its entitlements: "com.apple.developer.background-tasks.continued-processing.gpu"
    When the person opens the app, which registers nothing while it launches
    And 20 seconds later, the app asks for the supported resources, and it gets the GPU
    And the app registers and submits a continued request for "render.1", and it is accepted:
      | requiring | the GPU     |
      | titled    | "Rendering" |
      | subtitled | "Scene 1"   |
    Then the "render.1" task is delivered as a continued task, and the app sets its expiration handler and its progress, completed 0, total 100
    When the app begins the work of "render.1"
    And 2 seconds later, the app leaves the foreground, and the card of the "render.1" task appears, titled "Rendering", subtitled "Scene 1"
    And 2 seconds later, the app uses the GPU, and it <answer>
    And every 2 seconds, 3 times, the app sets the progress of the "render.1" task, completed 30 and 30 more each time
    And the app sets the progress of the "render.1" task, completed 100
    And the app ends the work of "render.1" and completes its task as a success
    Then the card of the "render.1" task says that it finished, and goes away 4 seconds later
    And 2 seconds later, the app is suspended, and nothing else happens for 1 minute
    And the oracle <verdict>
    And otherwise the oracle would blame the device under RES-5

    @conforms
    Examples:
      | case                       | answer   | verdict                      |
      | GPU work in a granted task | succeeds | says that the trace conforms |

    @device
    Examples:
      | case                             | answer | verdict                       |
      | GPU work fails in a granted task | fails  | blames the device under RES-5 |

  @trace @sequence @rule:RES-5 @os:26.0 @conforms
  Scenario Outline: GPU work between the expiry and the completion: <case>
    Given an iPad with iOS 26.0
    And the device has a GPU for background work
    And its entitlements: "com.apple.developer.background-tasks.continued-processing.gpu"
    When the person opens the app, which registers nothing while it launches
    And 20 seconds later, the app asks for the supported resources, and it gets the GPU
    And the app registers and submits a continued request for "render.1", and it is accepted:
      | requiring | the GPU     |
      | titled    | "Rendering" |
      | subtitled | "Scene 1"   |
    Then the "render.1" task is delivered as a continued task, and the app sets its expiration handler and its progress, completed 0, total 100
    When the app begins the work of "render.1"
    And 2 seconds later, the app leaves the foreground, and the card of the "render.1" task appears, titled "Rendering", subtitled "Scene 1"
    And 2 seconds later, the app uses the GPU, and it succeeds
    And 2 seconds later, the app sets the progress of the "render.1" task, completed 20
    And 2 seconds later, the app sets the progress of the "render.1" task, completed 40
    And 1 second later, the person stops the "render.1" task
    Then the "render.1" task is expired
    When the app uses the GPU, and it <answer>
    And the app ends the work of "render.1" and completes its task as a failure
    Then the card of the "render.1" task goes away
    And 2 seconds later, the app is suspended, and nothing else happens for 1 minute
    And the oracle says that the trace conforms
    And otherwise the oracle would blame the device under RES-5

    Examples:
      | case                                         | answer   |
      | GPU work between expiry and completion works | succeeds |
      | GPU work between expiry and completion fails | fails    |

  @trace @sequence @rule:RES-4 @os:26.0
  Scenario Outline: GPU work after the completion: <case>
    Given an iPad with iOS 26.0
    And the device has a GPU for background work
    And its entitlements: "com.apple.developer.background-tasks.continued-processing.gpu"
    When the person opens the app, which registers nothing while it launches
    And 20 seconds later, the app asks for the supported resources, and it gets the GPU
    And the app registers and submits a continued request for "render.1", and it is accepted:
      | requiring | the GPU     |
      | titled    | "Rendering" |
      | subtitled | "Scene 1"   |
    Then the "render.1" task is delivered as a continued task, and the app sets its expiration handler and its progress, completed 0, total 100
    When the app begins the work of "render.1"
    And 2 seconds later, the app leaves the foreground, and the card of the "render.1" task appears, titled "Rendering", subtitled "Scene 1"
    And 2 seconds later, the app uses the GPU, and it succeeds
    And 2 seconds later, the app sets the progress of the "render.1" task, completed 50
    And 2 seconds later, the app sets the progress of the "render.1" task, completed 100
    And the app ends the work of "render.1" and completes its task as a success
    And the app uses the GPU, and it <answer>
    Then the card of the "render.1" task says that it finished, and goes away 4 seconds later
    And 1 second later, the app is suspended, and nothing else happens for 1 minute
    And the oracle <verdict>
    And otherwise the oracle would blame the device under RES-4

    @device
    Examples:
      | case                                       | answer   | verdict                       |
      | It succeeds, though the permission is over | succeeds | blames the device under RES-4 |

    @conforms
    Examples:
      | case                             | answer | verdict                      |
      | It fails: the permission is over | fails  | says that the trace conforms |

  @run @sequence @os:26.0 @conforms
  Scenario: On any scheduler: supportedResources lacks the GPU, and the GPU work fails
    Given an iPhone with iOS 26.0
    And its entitlements: "com.apple.developer.background-tasks.continued-processing.gpu"
    When the person opens the app, which registers nothing while it launches
    And 20 seconds later, the app asks for the supported resources
    And the app registers and submits a continued request for "render.1", titled "Rendering", subtitled "Scene 1"
    Then the "render.1" task is delivered as a continued task, and the app sets its expiration handler and its progress, completed 0, total 100
    When the app begins the work of "render.1"
    And 2 seconds later, the app uses the GPU
    And 1 second later, the app leaves the foreground
    And 2 seconds later, the app uses the GPU
    And the app ends the work of "render.1" and completes its task as a failure
    And 1 minute 2 seconds pass
    Then the oracle says that the trace conforms

  @run @rule:RES-7 @os:26.0 @app
  Scenario: On any scheduler: required although the device said no: refused with notPermitted
    Given an iPhone with iOS 26.0
    And its entitlements: "com.apple.developer.background-tasks.continued-processing.gpu"
    When the person opens the app, which registers nothing while it launches
    And 20 seconds later, the app asks for the supported resources
    Then it gets nothing
    When the app registers and submits a continued request for "render.1":
      | requiring | the GPU     |
      | titled    | "Rendering" |
      | subtitled | "Scene 1"   |
    Then in the contract profile, it is refused
    When 1 minute passes
    Then the oracle blames the app under RES-7
