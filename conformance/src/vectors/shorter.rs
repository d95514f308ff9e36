//! Traces made shorter, as long as each has what it alone has.

use bgspec_model::oracle::Terms;
use bgspec_model::vocabulary::Record;

use super::Trace;
use crate::play::adapter::Adapter as _;
use crate::play::replay::{Replay, inputs};
use crate::play::runner::play;
use crate::reference::InProcess;

/// Each, the longest first; what is left without anything of its own goes.
pub(super) fn each(mut traces: Vec<Trace>) -> Vec<Trace> {
    traces.sort_by_key(|trace| std::cmp::Reverse(trace.records.len()));
    let mut place = 0;
    while place < traces.len() {
        let others = traces.iter().enumerate().filter(|(other, _)| *other != place);
        let others: Vec<&Trace> = others.map(|(_, trace)| trace).collect();
        let has = |item: &&String| others.iter().any(|other| other.items.binary_search(item).is_ok());
        let own: Vec<String> = traces[place].items.iter().filter(|item| !has(item)).cloned().collect();
        if own.is_empty() {
            traces.remove(place);
            continue;
        }
        traces[place] = shorter(traces[place].clone(), &own);
        place += 1;
    }
    traces.sort_by_key(|trace| trace.records.len());
    traces
}

/// The trace without lines that it does not need for these items.
fn shorter(mut trace: Trace, own: &[String]) -> Trace {
    loop {
        let lines = lines(&trace).len();
        let mut changed = false;
        // Pieces of falling length: where much is idle, little is tried.
        let mut piece = lines.div_ceil(2);
        while piece > 0 {
            let mut end = self::lines(&trace).len();
            while end > 0 {
                let begin = end.saturating_sub(piece);
                if let Some(less) = without(&trace, begin, end).filter(|less| {
                    less.records.len() < trace.records.len()
                        && own.iter().all(|item| less.items.binary_search(item).is_ok())
                }) {
                    trace = less;
                    changed = true;
                }
                end = begin;
            }
            piece /= 2;
        }
        if !changed {
            return trace;
        }
    }
}

/// The lines that can be left out: of what was played, what was put in.
fn lines(trace: &Trace) -> Vec<Record> {
    if trace.played {
        inputs(trace.records.clone())
    } else {
        trace.records.clone()
    }
}

fn without(trace: &Trace, begin: usize, end: usize) -> Option<Trace> {
    let mut lines = lines(trace);
    lines.drain(begin..end.min(lines.len()));
    if !trace.played {
        return Trace::of(&trace.header, &lines, false);
    }
    let reference = InProcess::new();
    let hello = reference.hello().ok()?;
    let mut source = Replay::new(&lines);
    let played = play(&reference, &hello, &trace.header, &Terms::default(), &mut source).ok()?;
    Trace::of(&trace.header, &played.records, true)
}
