//! The table of compounds.

use super::super::steps::Keyword::{Given, Then, When};
use super::Row;

/// Every compound: facts, what is done, what is seen.
#[rustfmt::skip]
pub const TABLE: &[Row] = &[
    Row {
        keyword: Given,
        text: "{platform} with iOS {name}, {device:…}",
        steps: &[
            (Given, "{platform} with iOS {name}"),
            (Given, "the device is {device:…}"),
        ],
        example: "an iPhone with iOS 26.0, online and calm",
    },
    Row {
        keyword: Given,
        text: "the app {text} permits {ids}, with the background modes {texts}",
        steps: &[
            (Given, "the app {text}"),
            (Given, "it permits {ids}"),
            (Given, "its background modes: {texts}"),
        ],
        example: "the app \"com.example.app\" permits \"sync\" and \"news\", with the background modes \"fetch\" and \"processing\"",
    },
    Row {
        keyword: Given,
        text: "the app {text} permits {ids}",
        steps: &[
            (Given, "the app {text}"),
            (Given, "it permits {ids}"),
        ],
        example: "the app \"com.example.app\" permits \"export.*\"",
    },
    Row {
        keyword: When,
        text: "the person opens the app, which registers {ids} while it launches",
        steps: &[
            (When, "the person opens the app"),
            (When, "the app registers a handler for {ids*}, and it returns true"),
            (When, "the app finishes launching"),
        ],
        example: "the person opens the app, which registers \"sync\" and \"news\" while it launches",
    },
    Row {
        keyword: When,
        text: "the app is started in the background for another reason, and registers {ids} while it launches",
        steps: &[
            (When, "the app is started in the background for another reason"),
            (When, "the app registers a handler for {ids*}, and it returns true"),
            (When, "the app finishes launching"),
        ],
        example: "the app is started in the background for another reason, and registers nothing while it launches",
    },
    Row {
        keyword: When,
        text: "the app registers handlers for {ids}, and each returns true",
        steps: &[
            (When, "the app registers a handler for {ids*}, and it returns true"),
        ],
        example: "the app registers handlers for \"export.1\" and \"export.2\", and each returns true",
    },
    Row {
        keyword: When,
        text: "the app submits {request} for each of {ids}{…}, and each is accepted",
        steps: &[
            (When, "the app submits {request} for {ids*}{…}, and it is accepted"),
        ],
        example: "the app submits a processing request for each of \"first\", \"second\" and \"third\", and each is accepted",
    },
    Row {
        keyword: When,
        text: "the app registers and submits {request} for {id}{…}",
        steps: &[
            (When, "the app registers a handler for {id}, and it returns true"),
            (When, "the app submits {request} for {id}{…}"),
        ],
        example: "the app registers and submits a continued request for \"export.1\", titled \"Export\", subtitled \"Starting\", and it is accepted",
    },
    Row {
        keyword: When,
        text: "the app starts a continued task for {id}, at {integer} of {total:integer}{…}",
        steps: &[
            (When, "the app registers a handler for {id}, and it returns true"),
            (When, "the app submits a continued request for {id}{…}, and it is accepted"),
            (Then, "the {id} task is delivered as a continued task"),
            (When, "the app sets the expiration handler of the {id} task"),
            (When, "the app sets the progress of the {id} task, completed {integer}, total {total:integer}"),
        ],
        example: "the app starts a continued task for \"export.1\", at 0 of 100, titled \"Export\", subtitled \"Starting\"",
    },
    Row {
        keyword: When,
        text: "the app starts a continued task for {id}, at {integer} of {total:integer}{…}, and begins its work",
        steps: &[
            (When, "the app registers a handler for {id}, and it returns true"),
            (When, "the app submits a continued request for {id}{…}, and it is accepted"),
            (Then, "the {id} task is delivered as a continued task"),
            (When, "the app sets the expiration handler of the {id} task"),
            (When, "the app sets the progress of the {id} task, completed {integer}, total {total:integer}"),
            (When, "the app begins the work of {id}"),
        ],
        example: "the app starts a continued task for \"export.1\", at 0 of 100, titled \"Export\", subtitled \"Starting\", and begins its work",
    },
    Row {
        keyword: When,
        text: "the person puts the device away, idle and locked",
        steps: &[
            (When, "the app leaves the foreground"),
            (When, "8 seconds later, the device is now idle and locked"),
        ],
        example: "the person puts the device away, idle and locked",
    },
    Row {
        keyword: When,
        text: "the person puts the device away, idle and locked, and {length} later the app is suspended",
        steps: &[
            (When, "the app leaves the foreground"),
            (When, "8 seconds later, the device is now idle and locked"),
            (Then, "{length} later, the app is suspended"),
        ],
        example: "the person puts the device away, idle and locked, and 2 seconds later the app is suspended",
    },
    Row {
        keyword: When,
        text: "the person takes the device up again and comes back to the app",
        steps: &[
            (When, "the device is now in use and unlocked"),
            (When, "the app comes to the foreground"),
        ],
        example: "the person takes the device up again and comes back to the app",
    },
    Row {
        keyword: When,
        text: "the app leaves the foreground, and the card of {task} appears{…}",
        steps: &[
            (When, "the app leaves the foreground"),
            (Then, "the card of {task} appears{…}"),
        ],
        example: "the app leaves the foreground, and the card of the \"export.1\" task appears, titled \"Export\", subtitled \"Starting\"",
    },
    Row {
        keyword: When,
        text: "the runner grants a launch of {id}, and {length} pass",
        steps: &[
            (When, "the runner grants a launch of {id}"),
            (When, "{length} pass"),
        ],
        example: "the runner grants a launch of \"sync\", and 61 seconds pass",
    },
    Row {
        keyword: When,
        text: "the app sets the progress of {task}, completed {integer}, and titles it {text} and {subtitle:text}",
        steps: &[
            (When, "the app sets the progress of {task}, completed {integer}"),
            (When, "the app titles {task} {text} and {subtitle:text}"),
        ],
        example: "the app sets the progress of the \"export.1\" task, completed 50, and titles it \"Exporting\" and \"Half of it\"",
    },
    Row {
        keyword: When,
        text: "the app sets the progress of {task}, completed {integer}, and completes it as {success}",
        steps: &[
            (When, "the app sets the progress of {task}, completed {integer}"),
            (When, "the app completes {task} as {success}"),
        ],
        example: "the app sets the progress of the \"export.1\" task, completed 100, and completes it as a success",
    },
    Row {
        keyword: When,
        text: "the app sets the progress of {task}, completed {integer}, {length} later completed {all:integer}, and completes it as {success}",
        steps: &[
            (When, "the app sets the progress of {task}, completed {integer}"),
            (When, "{length} later, the app sets the progress of {task}, completed {all:integer}"),
            (When, "the app completes {task} as {success}"),
        ],
        example: "the app sets the progress of the \"export.1\" task, completed 50, 5 seconds later completed 100, and completes it as a success",
    },
    Row {
        keyword: When,
        text: "the app completes {task} as {success}, and is suspended",
        steps: &[
            (When, "the app completes {task} as {success}"),
            (Then, "the app is suspended"),
        ],
        example: "the app completes the \"sync\" task as a success, and is suspended",
    },
    Row {
        keyword: When,
        text: "the app completes {task} as {success}, and its card says that it failed",
        steps: &[
            (When, "the app completes {task} as {success}"),
            (Then, "the card of {task} says that it failed"),
        ],
        example: "the app completes the \"export.1\" task as a failure, and its card says that it failed",
    },
    Row {
        keyword: When,
        text: "the app ends the work of {id} and completes its task as {success}",
        steps: &[
            (When, "the app ends the work of {id}"),
            (When, "the app completes the {id} task as {success}"),
        ],
        example: "the app ends the work of \"sync\" and completes its task as a success",
    },
    Row {
        keyword: When,
        text: "the app ends the work of {id} and completes its task as {success}, and is suspended",
        steps: &[
            (When, "the app ends the work of {id}"),
            (When, "the app completes the {id} task as {success}"),
            (Then, "the app is suspended"),
        ],
        example: "the app ends the work of \"sync\" and completes its task as a success, and is suspended",
    },
    Row {
        keyword: When,
        text: "the app sets the expiration handler of {task} and completes it as {success}, as soon as it is delivered",
        steps: &[
            (When, "the app sets the expiration handler of {task}, as soon as {task} is delivered"),
            (When, "the app completes {task} as {success}, as soon as {task} is delivered"),
        ],
        example: "the app sets the expiration handler of the \"sync\" task and completes it as a success, as soon as it is delivered",
    },
    Row {
        keyword: When,
        text: "the app sets the expiration handler of {task} and its progress, completed {integer}, total {total:integer}, and completes it as {success}, as soon as it is delivered",
        steps: &[
            (When, "the app sets the expiration handler of {task}, as soon as {task} is delivered"),
            (When, "the app sets the progress of {task}, completed {integer}, total {total:integer}, as soon as {task} is delivered"),
            (When, "the app completes {task} as {success}, as soon as {task} is delivered"),
        ],
        example: "the app sets the expiration handler of the \"export.1\" task and its progress, completed 100, total 100, and completes it as a success, as soon as it is delivered",
    },
    Row {
        keyword: When,
        text: "the app sets the expiration handler of {task}, submits {request} for {id}{…} and completes the task as {success}, as soon as it is delivered",
        steps: &[
            (When, "the app sets the expiration handler of {task}, as soon as {task} is delivered"),
            (When, "the app submits {request} for {id}{…}, as soon as {task} is delivered"),
            (When, "the app completes {task} as {success}, as soon as {task} is delivered"),
        ],
        example: "the app sets the expiration handler of the \"sync\" task, submits a refresh request for \"sync\", earliest in 2 hours and completes the task as a success, as soon as it is delivered",
    },
    Row {
        keyword: When,
        text: "the app sets the expiration handler of {task} as soon as it is delivered, and completes it as {success} as soon as it expires",
        steps: &[
            (When, "the app sets the expiration handler of {task}, as soon as {task} is delivered"),
            (When, "the app completes {task} as {success}, as soon as {task} expires"),
        ],
        example: "the app sets the expiration handler of the \"sync\" task as soon as it is delivered, and completes it as a failure as soon as it expires",
    },
    Row {
        keyword: When,
        text: "the device reboots, and {length} later it is unlocked for the first time",
        steps: &[
            (When, "the device reboots"),
            (When, "{length} later, the device is now unlocked for the first time and unlocked"),
        ],
        example: "the device reboots, and 1 minute later it is unlocked for the first time",
    },
    Row {
        keyword: When,
        text: "the person opens the app, which registers {ids} on the queue {text} while it launches",
        steps: &[
            (When, "the person opens the app"),
            (When, "the app registers a handler for {ids*}, on the queue {text}, and it returns true"),
            (When, "the app finishes launching"),
        ],
        example: "the person opens the app, which registers \"sync\" and \"news\" on the queue \"work\" while it launches",
    },
    Row {
        keyword: When,
        text: "the app leaves the foreground, and {length} later it is suspended",
        steps: &[
            (When, "the app leaves the foreground"),
            (Then, "{length} later, the app is suspended"),
        ],
        example: "the app leaves the foreground, and 5 seconds later it is suspended",
    },
    Row {
        keyword: When,
        text: "the person force-quits the app, and the card of {task} goes away",
        steps: &[
            (When, "the person force-quits the app"),
            (Then, "the card of {task} goes away"),
        ],
        example: "the person force-quits the app, and the card of the \"export.1\" task goes away",
    },
    Row {
        keyword: Then,
        text: "the app is launched in the background, for {for:ids}, and registers {ids} while it launches",
        steps: &[
            (Then, "the app is launched in the background, for {for:ids}"),
            (When, "the app registers a handler for {ids*}, and it returns true"),
            (When, "the app finishes launching"),
        ],
        example: "the app is launched in the background, for \"sync\", and registers \"sync\" and \"news\" while it launches",
    },
    Row {
        keyword: Then,
        text: "{task} is delivered as {kind}{…}, and the app sets its expiration handler",
        steps: &[
            (Then, "{task} is delivered as {kind}{…}"),
            (When, "the app sets the expiration handler of {task}"),
        ],
        example: "the \"sync\" task is delivered as a refresh task, and the app sets its expiration handler",
    },
    Row {
        keyword: Then,
        text: "{task} is delivered as {kind}{…}, and the app sets its expiration handler and its progress, completed {integer}, total {total:integer}",
        steps: &[
            (Then, "{task} is delivered as {kind}{…}"),
            (When, "the app sets the expiration handler of {task}"),
            (When, "the app sets the progress of {task}, completed {integer}, total {total:integer}"),
        ],
        example: "the \"export.1\" task is delivered as a continued task, and the app sets its expiration handler and its progress, completed 0, total 100",
    },
    Row {
        keyword: Then,
        text: "the {id} task is delivered as {kind}{…}, and the app sets its expiration handler and begins its work",
        steps: &[
            (Then, "the {id} task is delivered as {kind}{…}"),
            (When, "the app sets the expiration handler of the {id} task"),
            (When, "the app begins the work of {id}"),
        ],
        example: "the \"sync\" task is delivered as a refresh task, and the app sets its expiration handler and begins its work",
    },
    Row {
        keyword: Then,
        text: "{task} is delivered as {kind}{…}, and the app sets its expiration handler and submits {request} for {id}{r:…}",
        steps: &[
            (Then, "{task} is delivered as {kind}{…}"),
            (When, "the app sets the expiration handler of {task}"),
            (When, "the app submits {request} for {id}{r:…}"),
        ],
        example: "the \"sync\" task is delivered as a refresh task, and the app sets its expiration handler and submits a refresh request for \"sync\", earliest in 2 hours, and it is accepted",
    },
    Row {
        keyword: Then,
        text: "{task} is expired, and the app completes it as {success}",
        steps: &[
            (Then, "{task} is expired"),
            (When, "the app completes {task} as {success}"),
        ],
        example: "the \"sync\" task is expired, and the app completes it as a failure",
    },
    Row {
        keyword: Then,
        text: "{task} is expired, and the app completes it as {success} and is suspended",
        steps: &[
            (Then, "{task} is expired"),
            (When, "the app completes {task} as {success}"),
            (Then, "the app is suspended"),
        ],
        example: "the \"sync\" task is expired, and the app completes it as a failure and is suspended",
    },
    Row {
        keyword: Then,
        text: "{task} is expired, the app completes it as {success}, and its card says that it failed",
        steps: &[
            (Then, "{task} is expired"),
            (When, "the app completes {task} as {success}"),
            (Then, "the card of {task} says that it failed"),
        ],
        example: "the \"export.1\" task is expired, the app completes it as a failure, and its card says that it failed",
    },
    Row {
        keyword: Then,
        text: "the {id} task is expired, and the app ends its work and completes it as {success}",
        steps: &[
            (Then, "the {id} task is expired"),
            (When, "the app ends the work of {id}"),
            (When, "the app completes the {id} task as {success}"),
        ],
        example: "the \"sync\" task is expired, and the app ends its work and completes it as a failure",
    },
    Row {
        keyword: Then,
        text: "the {id} task is expired, the app ends its work and completes it as {success}, and its card says that it failed",
        steps: &[
            (Then, "the {id} task is expired"),
            (When, "the app ends the work of {id}"),
            (When, "the app completes the {id} task as {success}"),
            (Then, "the card of the {id} task says that it failed"),
        ],
        example: "the \"export.1\" task is expired, the app ends its work and completes it as a failure, and its card says that it failed",
    },
    Row {
        keyword: Then,
        text: "the card of {task} says that it finished, and goes away {length} later",
        steps: &[
            (Then, "the card of {task} says that it finished"),
            (Then, "{length} later, the card of {task} goes away"),
        ],
        example: "the card of the \"export.1\" task says that it finished, and goes away 4 seconds later",
    },
    Row {
        keyword: Then,
        text: "the app is suspended, and nothing else happens for {length}",
        steps: &[
            (Then, "the app is suspended"),
            (Then, "nothing else happens for {length}"),
        ],
        example: "the app is suspended, and nothing else happens for 1 minute",
    },
    Row {
        keyword: Then,
        text: "{task} is delivered as {kind}, and the app works it off: {integer} of {total:integer} units, {length} later {more:integer}, {then:length} later {all:integer}, as {success}",
        steps: &[
            (Then, "{task} is delivered as {kind}"),
            (When, "the app sets the expiration handler of {task}"),
            (When, "the app sets the progress of {task}, completed {integer}, total {total:integer}"),
            (When, "{length} later, the app sets the progress of {task}, completed {more:integer}"),
            (When, "{then:length} later, the app sets the progress of {task}, completed {all:integer}"),
            (When, "the app completes {task} as {success}"),
        ],
        example: "the \"export.1\" task is delivered as a continued task, and the app works it off: 0 of 100 units, 4 seconds later 50, 5 seconds later 100, as a success",
    },
];
