//! Why there can be no trace that breaks one rule and keeps another.

use bgspec_model::rule::Rule;
use bgspec_model::vocabulary::Version;

use crate::corpus;
use crate::reference::Fault;

/// The argument, where there is one.
pub(super) fn why_none(broken: &Rule, kept: &Rule) -> Option<String> {
    // What changes with a release is there in its last update.
    let last = |release: &u16| Version::new(*release, 99);
    let together = |os: Version| broken.in_force(os) && kept.in_force(os);
    if !Version::RELEASES.iter().map(last).any(together) {
        return Some("no version has both".to_owned());
    }
    let [one, other] = [broken, kept].map(|rule| rule.id.to_string());
    let known = ARGUED.iter().find(|(broken, kept, _)| *broken == one && *kept == other);
    let seeded = Fault::ALL.iter().any(|fault| fault.rule() == broken);
    known
        .map(|(.., why)| (*why).to_owned())
        .or_else(|| unbreakable(&one).filter(|_| !seeded))
}

/// Why no trace can break a rule at all.
fn unbreakable(rule: &str) -> Option<String> {
    let manifest = corpus::embedded().ok()?;
    let untestable = manifest.untestable.iter().map(|row| (&row.rule, &row.reason));
    let refused = manifest.refused.iter().map(|row| (&row.rule, &row.says));
    let mut all = untestable.chain(refused);
    let why = all
        .find(|(id, _)| *id == rule)
        .map(|(_, why)| why.trim_end_matches('.').to_owned());
    why.map(|why| format!("nothing can break it: {why}"))
}

const ARGUED: &[(&str, &str, &str)] = &[
    (
        "REG-3",
        "REG-12",
        "it speaks of a second registration, which REG-12 forbids the app",
    ),
    (
        "SUB-2",
        "SUB-27",
        "it speaks of a submission without a handler, which SUB-27 forbids the app",
    ),
    (
        "SUB-3",
        "SUB-27",
        "it speaks of an identifier that is not permitted, whose submission SUB-27 forbids the app",
    ),
    (
        "EXP-3",
        "EXP-6",
        "a handler that is called again, or after completion, was cleared by the first call or by completion",
    ),
];
