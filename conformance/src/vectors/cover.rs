//! A small cover: greedy, then a local search.

use std::collections::BTreeMap;

use super::Trace;

/// A set of items.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Bits(Vec<u64>);

impl Bits {
    fn none(items: usize) -> Self {
        Self(vec![0; items.div_ceil(64)])
    }

    fn add(&mut self, item: usize) {
        self.0[item / 64] |= 1 << (item % 64);
    }

    fn join(&mut self, other: &Self) {
        self.0.iter_mut().zip(&other.0).for_each(|(one, other)| *one |= other);
    }

    /// How many of them the other has not.
    fn beyond(&self, other: &Self) -> u32 {
        let pairs = self.0.iter().zip(&other.0);
        pairs.map(|(one, other)| (one & !other).count_ones()).sum()
    }

    fn is_within(&self, other: &Self) -> bool {
        self.beyond(other) == 0
    }

    fn without(&self, other: &Self) -> Self {
        Self(self.0.iter().zip(&other.0).map(|(one, other)| one & !other).collect())
    }
}

/// The places of traces that together have every item that any of them has.
pub(super) fn of(traces: &[Trace]) -> Vec<usize> {
    let mut numbers: BTreeMap<&str, usize> = BTreeMap::new();
    for item in traces.iter().flat_map(|trace| &trace.items) {
        let next = numbers.len();
        numbers.entry(item).or_insert(next);
    }
    let bits = |trace: &Trace| {
        let mut bits = Bits::none(numbers.len());
        trace
            .items
            .iter()
            .filter_map(|item| numbers.get(item.as_str()))
            .for_each(|item| bits.add(*item));
        bits
    };
    let sets: Vec<Bits> = traces.iter().map(bits).collect();
    let costs: Vec<usize> = traces.iter().map(cost).collect();
    let plain: Vec<usize> = (0..traces.len()).filter(|place| costs[*place] < PINNED).collect();
    let all: Vec<usize> = (0..traces.len()).collect();
    let mut chosen = Vec::new();
    greedy(&sets, &costs, &plain, numbers.len(), &mut chosen);
    greedy(&sets, &costs, &all, numbers.len(), &mut chosen);
    loop {
        drop_needless(&sets, &costs, &mut chosen);
        if !exchange(&sets, &costs, &mut chosen) {
            break;
        }
    }
    chosen.sort_unstable();
    chosen
}

/// What is pinned is for few: it stands in only for what no other trace has.
const PINNED: usize = 1 << 20;

fn cost(trace: &Trace) -> usize {
    let pinned = !trace.header.pins.is_empty() || trace.header.profile.as_deref() == Some("field");
    trace.records.len() + if pinned { PINNED } else { 0 }
}

/// Takes of these what adds most, the shortest of those, until nothing adds.
fn greedy(sets: &[Bits], costs: &[usize], from: &[usize], items: usize, chosen: &mut Vec<usize>) {
    let mut covered = Bits::none(items);
    chosen.iter().for_each(|place| covered.join(&sets[*place]));
    loop {
        let adds = |place: usize| sets[place].beyond(&covered);
        let rank = |place: usize| (adds(place), std::cmp::Reverse((costs[place], place)));
        let best = from.iter().copied().max_by_key(|place| rank(*place));
        let Some(best) = best.filter(|best| adds(*best) > 0) else {
            break;
        };
        covered.join(&sets[best]);
        chosen.push(best);
    }
}

/// What the others of the set have together.
fn of_others(sets: &[Bits], chosen: &[usize], but: &[usize]) -> Bits {
    let mut all = Bits::none(sets.first().map_or(0, |set| set.0.len() * 64));
    let others = chosen.iter().filter(|place| !but.contains(place));
    others.for_each(|place| all.join(&sets[*place]));
    all
}

/// Leaves out what the others make up for, the longest first.
fn drop_needless(sets: &[Bits], costs: &[usize], chosen: &mut Vec<usize>) {
    let mut order = chosen.clone();
    order.sort_by_key(|place| std::cmp::Reverse((costs[*place], *place)));
    for place in order {
        if sets[place].is_within(&of_others(sets, chosen, &[place])) {
            chosen.retain(|other| *other != place);
        }
    }
}

/// Puts one candidate in the place of two, where one can stand there; whether it did.
fn exchange(sets: &[Bits], costs: &[usize], chosen: &mut Vec<usize>) -> bool {
    for (n, one) in chosen.iter().enumerate() {
        for two in &chosen[n + 1..] {
            let mut needed = sets[*one].clone();
            needed.join(&sets[*two]);
            let needed = needed.without(&of_others(sets, chosen, &[*one, *two]));
            let most = costs[*one].max(costs[*two]) / PINNED;
            let stands =
                (0..sets.len()).filter(|place| costs[*place] / PINNED <= most && needed.is_within(&sets[*place]));
            if let Some(found) = stands.min_by_key(|place| (costs[*place], *place)) {
                let gone = [*one, *two];
                chosen.retain(|place| !gone.contains(place) && *place != found);
                chosen.push(found);
                return true;
            }
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use bgspec_model::vocabulary::{Header, Record, Version};

    use super::*;

    fn trace(items: &[&str], lines: usize) -> Trace {
        Trace {
            header: Header::new(Version::NEWEST, "app"),
            records: vec![Record::new(0, serde_json::from_str(r#"{"clock":{}}"#).unwrap()); lines],
            items: items.iter().map(|item| (*item).to_owned()).collect(),
            played: false,
        }
    }

    #[test]
    fn nothing_in_the_cover_can_be_left_out_and_two_make_room_for_one() {
        // The greedy choice is the first, after which it needs two more: the last two do it alone.
        let traces = [
            trace(&["a", "b", "c", "d"], 1),
            trace(&["a", "b", "e"], 1),
            trace(&["c", "d", "f"], 1),
            trace(&["a"], 9),
        ];
        assert_eq!(of(&traces), [1, 2]);
        let traces = [trace(&["a", "b"], 1), trace(&["a", "c"], 1), trace(&["a", "b", "c"], 9)];
        assert_eq!(of(&traces), [2]);
    }
}
