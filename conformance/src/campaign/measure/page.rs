//! The table of the seeded faults, as a page.

use std::fmt::Write as _;

use super::Measured;
use super::least::{ANY, least};
use crate::reference::{BEYOND_REACH, Fault};

/// The page: what was measured under one seed, in at most so many cases a run.
#[must_use]
pub fn markdown(rows: &[Measured], cases: u64) -> String {
    let mut page = String::from(PREFACE);
    let count = |is: fn(&Measured) -> bool| rows.iter().filter(|row| is(row)).count();
    let seed = rows.first().map_or(0, |row| row.seed);
    let _ = writeln!(
        page,
        "**Seed {seed}, at most {cases} cases: {} of {} faults are caught under their own rule; the first breach that is \
         met names that rule for {}; a scenario of the rule catches {}; {} of the shortest cases are proved to be as short \
         as can be.**\n",
        count(|row| row.cases.is_some()),
        rows.len(),
        count(|row| row.first),
        count(|row| row.scenario.is_some()),
        count(|row| is_shortest(row).is_some()),
    );
    page.push_str(HEAD);
    rows.iter().for_each(|row| page.push_str(&line(row)));
    page.push_str(
        "\n## Named by another rule first\n\nThe first breach that is met in the whole campaign names these instead:\n\n",
    );
    for row in rows.iter().filter(|row| !row.first) {
        let names: Vec<_> = row.first_names.iter().map(ToString::to_string).collect();
        let names = if names.is_empty() {
            "nothing".to_owned()
        } else {
            names.join(", ")
        };
        let why = row.fault.parse().ok().and_then(why_another).unwrap_or("not explained");
        let _ = writeln!(page, "- `{}` ({}): {names}. {}.", row.fault, row.rule, capital(why));
    }
    page.push_str("\n## Why nothing is shorter\n\n");
    let mut told: Vec<(usize, &str)> = Vec::new();
    for argument in rows.iter().filter_map(is_shortest) {
        if !told.contains(&argument) {
            told.push(argument);
        }
    }
    for (inputs, why) in told {
        let _ = writeln!(page, "- {inputs}: {why}.");
    }
    page.push_str("\n## Rules at which no adapter can be caught\n\n");
    for (rule, why) in BEYOND_REACH {
        let _ = writeln!(page, "- {}: {why}.", rule.id);
    }
    page
}

const PREFACE: &str = "\
# Seeded faults

<!-- Written by: bgspec faults --measure --format markdown -->

The reference scheduler is made to do one thing wrong (`bgspec serve --fault NAME`), and the campaign of `bgspec test` is
run against it, in process, once with the fault's rule alone, until it is named as broken, and once with every rule, until
anything is. *Cases*: so many were played until the rule was named. *Inputs*: the length of the case that was shrunk from
them; *proved* where an argument says that none is shorter, else it is only the shortest that is known. *First*: the first
breach of the first case that fails names the rule, among others or alone. *Scenario*: a run scenario of that rule fails.
Under other seeds the numbers of cases differ: `.ci/long` measures three.

";

const HEAD: &str = "\
| rule | fault | what it does wrong | cases | inputs | shortest | first | scenario |
|---|---|---|--:|--:|---|---|---|
";

/// A line of the table.
#[must_use]
pub fn line(row: &Measured) -> String {
    let fault: Option<Fault> = row.fault.parse().ok();
    let sentence = fault.map_or("", Fault::sentence);
    let number = |number: Option<u64>| number.map_or_else(|| "**not caught**".to_owned(), |number| number.to_string());
    let yes = |yes: bool| if yes { "yes" } else { "no" };
    let shortest = match (row.inputs, is_shortest(row)) {
        (None, _) => "",
        (Some(_), Some(_)) => "proved",
        (Some(_), None) => "not proved",
    };
    format!(
        "| {} | {}{} | {sentence} | {} | {} | {shortest} | {} | {} |\n",
        row.rule,
        row.fault,
        if row.subtle { " (subtle)" } else { "" },
        number(row.cases),
        row.inputs.map(|inputs| inputs.to_string()).unwrap_or_default(),
        yes(row.first),
        row.scenario
            .as_deref()
            .map_or("no", |place| place.trim_start_matches("features/")),
    )
}

/// The argument why no case is shorter, where the one that was found is as short.
#[must_use]
pub fn is_shortest(row: &Measured) -> Option<(usize, &'static str)> {
    let inputs = row.inputs?;
    let argued = row.fault.parse().ok().and_then(least);
    [Some(ANY), argued]
        .into_iter()
        .flatten()
        .find(|(least, _)| *least == inputs)
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    let first = chars.next().map(|first| first.to_uppercase().to_string());
    first.unwrap_or_default() + chars.as_str()
}

/// Why the first breach that is met names another rule.
fn why_another(fault: Fault) -> Option<&'static str> {
    use Fault::*;
    Some(match fault {
        AcceptedAndForgotten => "a launch is granted and does not come: nothing says that its request was lost before",
        ForgottenWhileLaunching => {
            "the next submission is accepted, for which there should have been no room: that is all that was seen so far"
        }
        LaunchWithoutDelivery => {
            "the app registered no handler, and the exception that this rule demands does not come either"
        }
        NoNetworkRefuses => {
            "the request that was refused did not ask for a network: nothing says that the network is why"
        }
        LaunchesInUse => {
            "health research was launched in use and so does not need an idle device; that it is expired for use is against \
             that choice"
        }
        MemoryLosesRequests => {
            "a launch was granted while the app was launching, and the delivery did not come: nothing says that the request \
             was lost before"
        }
        _ => return None,
    })
}
