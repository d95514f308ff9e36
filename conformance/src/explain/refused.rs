//! Why a submission was refused, in words, whose doing that was, and what to do about it.
//!
//! What is missing in the app's files is asked as `bgspec plist` asks it, and told in the same words.

use bgspec_model::profile::{Named, nearest};
use bgspec_model::rule::Rule;
use bgspec_model::vocabulary::{Code, Header, Identifier, Kind, Request};

use super::act;
use super::form::Fault;
use super::run::Mark;
use crate::info_plist::Versions;
use crate::info_plist::letters::shown;
use crate::info_plist::study::{Call, Student};
use crate::info_plist::subject::{MODES, PERMITTED, Subject};

/// A refusal, and what was known when it came.
#[derive(Debug)]
pub(super) struct Refused {
    pub(super) mark: Mark,
    /// The call, where its answer came later.
    pub(super) called: Mark,
    /// The error; none where it raised.
    pub(super) code: Option<Code>,
    /// The rules that allow the answer.
    pub(super) by: Vec<&'static Rule>,
    pub(super) request: Request,
    /// The extension that called, where the line of the answer has it.
    pub(super) caller: Option<String>,
    /// The app's files at that time, and the version.
    pub(super) files: Header,
    /// The other requests of its kind that were or may have been outstanding then.
    pub(super) holders: Vec<Identifier>,
    /// Background App Refresh was switched on since.
    pub(super) switched_on: Option<Mark>,
    /// The app was in front with that switch on.
    pub(super) in_front: Option<Mark>,
}

/// A reason, in words.
pub(super) struct Reason {
    pub(super) text: String,
    pub(super) rules: Vec<String>,
    pub(super) fault: Fault,
    pub(super) to_do: Vec<String>,
}

/// The rules that tell a reason, the plainest first: where several hold, any may be the answer (SUB-23). Last come those
/// that hold only where something is so that a trace seldom tells: a denial, a simulator.
const ORDER: [&str; 22] = [
    "SUB-3", "CFG-1", "CFG-2", "SUB-2", "CFG-7", "SUB-17", "RES-2", "RES-3", "SUB-5", "SUB-6", "SUB-7", "SUB-18",
    "SUB-10", "SUB-24", "SUB-28", "SUB-29", "IDN-7", "CFG-3", "CFG-4", "SUB-22", "SUB-32", "CFG-5",
];

impl Refused {
    /// The plainest reason.
    pub(super) fn reason(&self) -> Option<Reason> {
        let rank = |rule: &&&Rule| {
            let id = rule.id.to_string();
            ORDER.iter().position(|known| *known == id).unwrap_or(ORDER.len())
        };
        let rule = self.by.iter().min_by_key(rank)?;
        let id = rule.id.to_string();
        let name = shown(self.request.id.as_str());
        let kind = self.request.kind;
        let say = |fault, text: String, rules: &[&str], to_do: Vec<String>| Reason {
            text,
            rules: [id.as_str()]
                .iter()
                .chain(rules)
                .map(|rule| (*rule).to_owned())
                .collect(),
            fault,
            to_do,
        };
        Some(match id.as_str() {
            "SUB-3" | "CFG-1" => self.not_permitted(&id),
            "CFG-2" | "CFG-3" | "CFG-4" | "IDN-7" | "RES-3" => {
                let mut to_do = self.additions();
                if id == "CFG-3" && to_do.is_empty() {
                    to_do.push("submit it again once the person takes part in the study".to_owned());
                }
                if id == "RES-3" {
                    to_do.sort_by_key(|what| !what.contains("entitlement"));
                }
                let what = if id == "CFG-2" {
                    let mode = if kind == Kind::Refresh { "fetch" } else { "processing" };
                    format!("the background mode `{mode}` is missing in {MODES} of Info.plist")
                } else {
                    first_sentence(rule.text)
                };
                let is_in_the_files = to_do.iter().any(|what| !what.contains("takes part"));
                let fault = if is_in_the_files { Fault::App } else { Fault::Nobody };
                say(fault, what, &[], to_do)
            }
            "SUB-2" => {
                let mut text = format!("no launch handler of {name} was registered in that process");
                let mut to_do = "register its launch handler in each process before it is submitted".to_owned();
                let wildcard = self.wildcard().filter(|entry| *entry != self.request.id.as_str());
                if let Some(entry) = wildcard {
                    text.push_str(&format!(
                        "; the wildcard {} of Info.plist permits it, and a handler registered under the wildcard itself \
                         serves none of the identifiers that it permits",
                        shown(entry)
                    ));
                    to_do.push_str(", under the whole identifier and not under the wildcard");
                }
                let rules: &[&str] = if wildcard.is_some() { &["IDN-4"] } else { &[] };
                say(Fault::App, text, rules, vec![to_do])
            }
            "SUB-17" => say(
                Fault::App,
                "the app was not in the foreground".to_owned(),
                &["SUB-16"],
                vec![act::IN_FRONT.to_owned()],
            ),
            "SUB-5" | "SUB-6" | "SUB-7" => self.no_place(&id),
            "SUB-10" | "SUB-29" => self.switched_off(&id),
            "SUB-22" => say(
                Fault::Person,
                "the person has denied background launches to the app".to_owned(),
                &[],
                vec!["tell the person what does not work without them".to_owned()],
            ),
            "SUB-18" => say(
                Fault::Nobody,
                "it could not start at once, and under the strategy `fail` it does not wait".to_owned(),
                &[],
                vec!["submit it with the strategy `queue`, or again later".to_owned()],
            ),
            "RES-2" => {
                let mut text = "it requires the GPU, and the device has none for background work".to_owned();
                if self.by.iter().any(|rule| rule.id.to_string() == "RES-3") {
                    text.push_str("; the app has no entitlement for it either");
                }
                say(Fault::App, text, &["RES-7"], vec![act::GPU.to_owned()])
            }
            "CFG-5" => say(
                Fault::Nobody,
                "it ran on a simulator, where every submission fails".to_owned(),
                &[],
                vec!["run it on a device".to_owned()],
            ),
            "CFG-7" => {
                let who = self
                    .caller
                    .as_ref()
                    .map_or_else(String::new, |name| format!(", {}", shown(name)));
                say(
                    Fault::App,
                    format!("it was submitted by an extension whose kind may not schedule background tasks{who}"),
                    &[],
                    vec!["submit it from the app, or from an extension of a kind that may".to_owned()],
                )
            }
            "SUB-34" => say(
                Fault::Nobody,
                "the error is no answer of the scheduler's: the connection to the system broke".to_owned(),
                &[],
                vec!["submit it again".to_owned()],
            ),
            _ => say(
                Fault::Nobody,
                first_sentence(rule.text),
                &[],
                vec!["submit it again later".to_owned()],
            ),
        })
    }

    /// The wildcard entry that permits it, where no entry has the whole identifier.
    fn wildcard(&self) -> Option<&str> {
        let id = self.request.id.as_str();
        let entries = self.files.permitted.entries();
        let covers = |entry: &&String| entry.strip_suffix('*').is_some_and(|begin| id.starts_with(begin));
        let is_exact = entries.iter().any(|entry| entry == id);
        entries.iter().find(covers).filter(|_| !is_exact).map(String::as_str)
    }

    fn not_permitted(&self, id: &str) -> Reason {
        let given = self.request.id.as_str();
        let entries = self.files.permitted.entries();
        let same = entries.iter().find(|entry| entry.eq_ignore_ascii_case(given));
        let near = same
            .map(String::as_str)
            .or_else(|| nearest(given, entries.iter().map(String::as_str)));
        let name = shown(given);
        let mut rules = vec![id.to_owned()];
        let (text, to_do) = match near {
            Some(near) => {
                let differs = if same.is_some() {
                    rules.push("IDN-12".to_owned());
                    "differs in the case of its letters"
                } else {
                    "is spelled otherwise"
                };
                let near = shown(near);
                let text = format!("{PERMITTED} of Info.plist does not have {name}; it has {near}, which {differs}");
                (
                    text,
                    vec![format!(
                        "use one spelling in the code and in Info.plist: `{near}` or `{name}`"
                    )],
                )
            }
            None => {
                let text = format!("{PERMITTED} of Info.plist does not have {name}");
                (text, self.additions())
            }
        };
        Reason {
            text,
            rules,
            fault: Fault::App,
            to_do,
        }
    }

    fn no_place(&self, id: &str) -> Reason {
        let names: Vec<_> = self.holders.iter().map(|id| shown(id.as_str())).collect();
        let permits = |id: &&Identifier| {
            let id = id.as_str();
            let covers = |entry: &String| entry.strip_suffix('*').is_some_and(|begin| id.starts_with(begin));
            self.files
                .permitted
                .entries()
                .iter()
                .any(|entry| entry == id || covers(entry))
        };
        let old: Vec<_> = self.holders.iter().filter(|id| !permits(id)).collect();
        let mut rules = vec![id.to_owned()];
        let kind = self.request.kind;
        let mut text = match names.as_slice() {
            [] => format!("every place for a {kind} request was taken"),
            [one] => format!("the place was taken by the {kind} request of {one}, which was still pending"),
            names => format!("the places were taken by the {kind} requests of {}", names.join(", ")),
        };
        let cancel: Vec<_> = if old.is_empty() {
            names.clone()
        } else {
            text.push_str(" from an older version of the app, which an update does not cancel");
            rules.push("LIF-5".to_owned());
            old.iter().map(|id| shown(id.as_str())).collect()
        };
        let to_do = if cancel.is_empty() {
            vec!["cancel a request that is not needed".to_owned()]
        } else {
            let one = if names.len() > 1 { "one" } else { "it" };
            text.push_str(&format!(
                "; until the app cancels {one}, nothing else of that kind is accepted"
            ));
            vec![match cancel.as_slice() {
                [_, _, _, _, ..] => "cancel one of these before submitting".to_owned(),
                few => format!("cancel {} before submitting", few.join(" or ")),
            }]
        };
        Reason {
            text,
            rules,
            fault: Fault::App,
            to_do,
        }
    }

    fn switched_off(&self, id: &str) -> Reason {
        let mut text = "the person had switched Background App Refresh off".to_owned();
        let mut fault = Fault::Person;
        if let Some(on) = self.switched_on {
            text.push_str(&format!(
                "; it is on again since line {}, and the app did not submit again",
                on.line
            ));
            if let Some(front) = self.in_front {
                fault = Fault::App;
                if front.event != on.event {
                    text.push_str(&format!(", though it came to the front in line {}", front.line));
                }
            }
        }
        Reason {
            text,
            rules: vec![id.to_owned()],
            fault,
            to_do: vec![
                "submit it again each time the app comes to the front, as far as backgroundRefreshStatus is available"
                    .to_owned(),
            ],
        }
    }

    /// What to add to the app's files, as `bgspec plist` says it.
    fn additions(&self) -> Vec<String> {
        let subject = Subject::from(&self.files);
        let versions = Versions::only(self.files.os);
        let call = Call::Submit {
            kind: self.request.kind,
            gpu: self.request.gpu,
        };
        let student = Student::new(&subject, &versions, Named::Contract);
        let answered = student.ask(call, self.request.id.as_str(), false);
        let additions = answered.spans.iter().flat_map(|span| &span.remedy);
        additions.map(ToString::to_string).collect()
    }
}

/// The first sentence of a rule, as a part of one.
pub(super) fn first_sentence(text: &str) -> String {
    let end = text.find(". ").unwrap_or(text.len());
    text[..end].trim_end_matches('.').to_owned()
}
