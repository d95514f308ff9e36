//! What an app's developer does: about a rule that was broken, and about one that allows what was met.

use bgspec_model::report::Finding;
use bgspec_model::rule::{Party, Rule};

use super::form::ids;
use super::refused::first_sentence;

pub(super) const COMPLETE: &str = "complete the task in its expiration handler at once";
pub(super) const PROGRESS: &str = "report progress more often: completedUnitCount has to rise well within 30 s; where one unit takes longer, count \
     smaller ones, in bytes and not in files";
pub(super) const COUNT: &str = "set completedUnitCount of the task's own progress: that number has to rise well within \
                                30 s; child progress, or the same count again, may not count";
pub(super) const REGISTER: &str = "register its launch handler in each process, before the app has finished launching";
pub(super) const IN_FRONT: &str = "submit it while the app is in the foreground, as the person taps";
pub(super) const GPU: &str = "require the GPU only where supportedResources has it, and with the entitlement";
const REPORT: &str = "report it to the maker of that scheduler, with this trace";
const REPORT_DEVICE: &str = "nothing in the app: report it to the maker of the device, with this trace";

/// What to do about a breach: of the app, to keep the rule.
pub(super) fn about(finding: &Finding) -> &'static str {
    match finding.party {
        Party::App => finding
            .rules
            .iter()
            .find_map(|rule| keeps(&rule.id.to_string()))
            .unwrap_or("keep the rule"),
        Party::Device => REPORT_DEVICE,
        _ if ids(&finding.rules).iter().any(|rule| rule == "CFG-7") => "submit it from the app",
        _ => REPORT,
    }
}

/// How an app keeps a rule.
fn keeps(rule: &str) -> Option<&'static str> {
    Some(match rule {
        "CFG-8" => "register in the app, not in the extension",
        "CFG-9" => REGISTER,
        "REG-7" => {
            "register while the app launches, in each launch: those in the background too; refresh and processing may \
             then be submitted from the background"
        }
        "REG-12" => "register each identifier once in a process, and not at each tap",
        "SUB-16" => IN_FRONT,
        "SUB-21" => "give it a title and a subtitle",
        "SUB-27" => "permit the identifier in Info.plist and register its launch handler before it is submitted",
        "EXP-13" => "do not block the queue that the handler was registered on",
        "CMP-1" => COMPLETE,
        "RES-7" => GPU,
        "PRG-1" => PROGRESS,
        "DAT-3" => AFTER_FIRST_UNLOCK,
        _ => return None,
    })
}

/// What an app did that broke a rule.
fn did(rule: &str) -> Option<&'static str> {
    Some(match rule {
        "CFG-8" => "an extension registered a launch handler, and only the app may",
        "REG-7" => {
            "it registered the handler after it had finished launching, and a handler for anything but continued \
             processing is registered before"
        }
        "REG-12" => "it registered an identifier a second time in one process",
        "SUB-16" => {
            "it submitted continued processing while it was not in the foreground, and such a request is not \
             launched (SUB-17)"
        }
        "SUB-27" => {
            "it submitted an identifier that Info.plist does not permit, or that has no launch handler in its process"
        }
        _ => return None,
    })
}

const AFTER_FIRST_UNLOCK: &str = "store what is needed there as afterFirstUnlock (completeUntilFirstUserAuthentication), \
                                  or read it before the device is locked";

/// What to do where a rule allowed something that is in the app's way.
pub(super) fn with(rule: &str) -> Option<&'static str> {
    Some(match rule {
        "DAT-1" => "read it later: until the first unlock after a boot nothing of that class is readable",
        "DAT-2" => AFTER_FIRST_UNLOCK,
        "RES-1" => "do without the GPU in the background where supportedResources lacks it",
        "RES-4" => "use the GPU in the background only while a continued task runs whose request requires it",
        "IDN-5" => "register each whole identifier that is submitted, not the string with the star",
        "LIF-14" => {
            "submit a request for work that is to go on in the background (refresh or processing from anywhere, continued \
             processing in the foreground): only a running task, or what the system keeps awake for another reason, goes on \
             there"
        }
        "REG-2" => "permit the identifier in Info.plist",
        "REG-3" => "register each identifier once in a process, and not at each tap",
        "REG-4" => "register while the app launches, in each launch: those in the background too",
        "EXP-12" => "save the work as it goes, and submit again at the next launch what is not pending any more",
        "DBG-7" => "try it without a debugger before it is called done",
        "UIX-6" => "nothing in the app: a failed card goes when the person clears it (UIX-5)",
        _ => return None,
    })
}

/// A breach of the app in a sentence, with the line that it stands in.
pub(super) fn sentence(finding: &Finding, line: u64) -> String {
    let said = finding.rules.iter().find_map(|rule| did(&rule.id.to_string()));
    let what = match said {
        Some(did) => did.to_owned(),
        None => finding.rules.first().map_or(String::new(), |rule| own(rule)),
    };
    format!(
        "The app broke {} in line {line}: {what}.",
        ids(&finding.rules).join(", ")
    )
}

/// Which of the rules of a finding says most: that nothing is launched without a request says little.
pub(super) fn plainest(finding: &Finding) -> Option<&'static Rule> {
    let says_more = |rule: &&&Rule| !matches!(rule.id.to_string().as_str(), "LAU-9" | "LAU-3");
    let rules = finding.rules.iter();
    rules.clone().find(says_more).or(finding.rules.first()).copied()
}

/// Whether what the app did against a rule of this finding stands in words of our own.
pub(super) fn is_told(finding: &Finding) -> bool {
    finding.rules.iter().any(|rule| did(&rule.id.to_string()).is_some())
}

/// How a rule begins, as a part of a sentence.
fn own(rule: &Rule) -> String {
    let text = first_sentence(rule.text);
    let text = text.split(": ").next().unwrap_or_default().to_owned();
    let mut letters = text.chars();
    let first = letters.next().map(char::to_lowercase);
    let begins_with_name = text.chars().nth(1).is_some_and(char::is_uppercase);
    match first {
        Some(first) if !begins_with_name => first.chain(letters).collect(),
        _ => text,
    }
}
