//! The parts of a run, put together again.
//!
//! A report of a part says which part it is and what it judged; reports of one run agree on everything but what their
//! cases showed. The whole is there once each part is, and ends as one run would: lines of `--known` that a part
//! cannot decide are decided here.

use std::collections::BTreeMap;

use super::known::Known;
use super::summary::{FailureLine, Summary};
use crate::text::clip;

/// Puts the reports of all parts together; each comes with what it is called.
///
/// # Errors
/// They are no parts of one run, or not all of them, with what was found and what was expected.
pub fn merge(parts: Vec<(String, Summary)>, known: Option<&Known>) -> Result<Summary, String> {
    let mut by_index: BTreeMap<u32, (String, Summary)> = BTreeMap::new();
    let mut of = None;
    for (name, part) in parts {
        let shard = part
            .shard
            .ok_or_else(|| format!("{name}: the report of a whole run, expected one of a part, as --shard makes"))?;
        let (count, first) = of.get_or_insert((shard.of, name.clone()));
        if shard.of != *count {
            return Err(format!(
                "{name}: part {shard}, expected one of {count} parts, as in {first}"
            ));
        }
        if let Some((other, _)) = by_index.get(&shard.index) {
            return Err(format!(
                "{name}: part {shard}, which {other} is already: expected each part once"
            ));
        }
        by_index.insert(shard.index, (name, part));
    }
    let (count, _) = of.ok_or("no report, expected those of the parts of a run")?;
    let missing: Vec<_> = (1..=count).filter(|index| !by_index.contains_key(index)).collect();
    if !missing.is_empty() {
        let missing: Vec<_> = missing.iter().map(|index| format!("{index}/{count}")).collect();
        return Err(format!(
            "missing: part {}: expected all {count} parts",
            missing.join(", ")
        ));
    }
    let mut parts = by_index.into_values();
    let Some((first, mut whole)) = parts.next() else {
        return Err("no report, expected those of the parts of a run".to_owned());
    };
    whole.stopped = whole.stopped.take().map(|why| format!("part 1: {why}"));
    for (name, part) in parts {
        whole
            .add(part)
            .map_err(|differs| format!("{name}: {differs}, as in {first}: expected parts of one run"))?;
    }
    whole.shard = None;
    whole.absorb();
    whole.settle(known);
    Ok(whole)
}

impl Summary {
    /// Sets the parts' failures against one another, as one run does: where one of several rules was broken, and one of
    /// them is known to be, it is that one.
    pub fn absorb(&mut self) {
        self.failures
            .sort_by(|one, other| (one.rules.len(), &one.fault).cmp(&(other.rules.len(), &other.fault)));
        let mut kept: Vec<FailureLine> = Vec::new();
        for failure in std::mem::take(&mut self.failures) {
            let names = |other: &&mut FailureLine| {
                !other.rules.is_empty() && other.rules.iter().all(|rule| failure.rules.contains(rule))
            };
            match kept.iter_mut().find(names) {
                Some(other) => other.cases += failure.cases,
                None => kept.push(failure),
            }
        }
        for line in &mut self.rules {
            line.broken = kept.iter().any(|failure| failure.rules.contains(&line.rule));
        }
        kept.sort_by(|one, other| one.rules.cmp(&other.rules).then_with(|| one.fault.cmp(&other.fault)));
        self.failures = kept;
    }

    /// Adds another part of the same run.
    ///
    /// # Errors
    /// It is of another run: what differs.
    pub fn add(&mut self, part: Self) -> Result<(), String> {
        let differs = |what: &str, here: &dyn std::fmt::Display, there: &dyn std::fmt::Display| {
            Err(format!("{what} {here}, expected {there}"))
        };
        let versions = |summary: &Self| {
            summary
                .versions
                .iter()
                .map(ToString::to_string)
                .collect::<Vec<_>>()
                .join(" ")
        };
        let pins = |summary: &Self| {
            summary
                .pins
                .iter()
                .map(|(name, value)| format!("{name}={value}"))
                .collect::<Vec<_>>()
        };
        let rank = |summary: &Self| {
            summary
                .fail_on
                .map_or_else(|| "none".to_owned(), |rank| rank.to_string())
        };
        let facts = |summary: &Self| {
            [
                ("made by", summary.tool.clone()),
                ("the implementation", summary.implementation.clone()),
                ("the profile", summary.profile.clone()),
                ("the versions", versions(summary)),
                ("the kinds", summary.kinds.join(" ")),
                ("the settings", pins(summary).join(" ")),
                ("the seed", summary.seed.to_string()),
                ("--fail-on", rank(summary)),
                (
                    "the rules of --filter",
                    summary
                        .rules
                        .iter()
                        .map(|line| line.rule.to_string())
                        .collect::<Vec<_>>()
                        .join(" "),
                ),
            ]
        };
        for ((what, here), (_, there)) in facts(&part).into_iter().zip(facts(self)) {
            if here != there {
                return differs(what, &clip(&here, 200), &clip(&there, 200));
            }
        }
        self.cases += part.cases;
        self.histories += part.histories;
        self.events += part.events;
        self.deliveries += part.deliveries;
        self.most_states = self.most_states.max(part.most_states);
        self.inconclusive += part.inconclusive;
        self.doubt = self.doubt.take().or(part.doubt);
        for (line, other) in self.rules.iter_mut().zip(part.rules) {
            if line.exercised == 0 && other.exercised > 0 {
                line.standing = other.standing;
            }
            line.exercised += other.exercised;
        }
        for failure in part.failures {
            match self.failures.iter_mut().find(|known| known.fault == failure.fault) {
                Some(known) => {
                    let cases = known.cases + failure.cases;
                    // One that comes again is worth more than one that does not, and a short one more than a long one.
                    if (failure.flaky.is_some(), failure.lines) < (known.flaky.is_some(), known.lines) {
                        *known = failure;
                    }
                    known.cases = cases;
                }
                None => self.failures.push(failure),
            }
        }
        for follower in part.followers {
            if !self.followers.contains(&follower) {
                self.followers.push(follower);
            }
        }
        for (rule, times) in part.uncounted {
            *self.uncounted.entry(rule).or_default() += times;
        }
        self.interrupted |= part.interrupted;
        self.whole &= part.whole;
        if let (Some(why), Some(shard)) = (part.stopped, part.shard) {
            let before = self.stopped.take().map_or_else(String::new, |before| before + "; ");
            self.stopped = Some(format!("{before}part {}: {why}", shard.index));
        }
        Ok(())
    }
}
