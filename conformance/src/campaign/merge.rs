//! The parts of a run, put together again.
//!
//! A report of a part says which part it is and what it judged; reports of one run agree on everything but what their
//! cases showed. The whole is there once each part is, and ends as one run would: lines of `--known` that a part
//! cannot decide are decided here.

use std::collections::BTreeMap;

use super::known::Known;
use super::summary::Summary;

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
