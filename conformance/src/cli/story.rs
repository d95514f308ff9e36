//! Explanations for people: first the answer, then what led to it.

use std::io::{self, Write};

use anstyle::{AnsiColor, Style};
use bgspec_model::rule::Party;

use super::page;
use super::print::{self, heading, labelled};
use crate::explain::form::{Answer, Breach, Entry, Explanation, Fault, Obstacle, Remark, Story, Then};
use crate::info_plist::letters::{odd, shown};
use crate::report::{Found, FoundRule, Outcome};
use crate::text::{humane, plain, roughly, time, wrap};

/// So much of a long story is shown, of its beginning and of its end.
const SHOWN: usize = 8;
/// The width of the column for the line.
const LINE: usize = 9;
/// Where the text behind time and line begins.
const INDENT: usize = 33;

/// Prints an explanation. `asked`: of one request, which is told whole whatever became of it.
pub(super) fn print(out: &mut impl Write, told: &Explanation, asked: bool) -> io::Result<()> {
    head(out, told)?;
    // With `--blame` a trace conforms that has breaches of others.
    let conforms = told.judged.outcome == Outcome::Conforms && told.breaches.is_empty();
    if let Some(answer) = &told.answer {
        heading(out, "in short")?;
        answered(out, answer, conforms)?;
    }
    let mut groups: Vec<Vec<&Story>> = Vec::new();
    for story in &told.requests {
        match groups.iter_mut().find(|group| is_alike(group[0], story)) {
            Some(group) => group.push(story),
            None => groups.push(vec![story]),
        }
    }
    // What did not run is what is asked about, and first what somebody can mend.
    groups.sort_by_key(|group| match group[0].answer.fault {
        Fault::App | Fault::Scheduler | Fault::Device => 0,
        Fault::Ran => 2,
        _ => 1,
    });
    // Where every request ran, what else the app met is what may be asked about.
    let all_ran = !told.requests.is_empty() && told.requests.iter().all(|story| story.answer.fault == Fault::Ran);
    let is_alone = told.requests.is_empty() && told.breaches.is_empty();
    let title = if is_alone || all_ran {
        "what the app met"
    } else {
        "besides"
    };
    if all_ran {
        remarked(out, told, title)?;
    }
    for group in &groups {
        request(out, group, asked, conforms)?;
    }
    for breach in &told.breaches {
        let answers = told.requests.iter().map(|story| &story.answer).chain(&told.answer);
        let mut to_do = answers.flat_map(|answer| &answer.to_do);
        let is_told = to_do.any(|to_do| *to_do == breach.to_do);
        let is_apps = breach.finding.party == Party::App.to_string();
        let to_do = (!is_told && (is_apps || told.requests.is_empty())).then_some(breach.to_do.as_str());
        how(out, breach, to_do, told.judged.scenario.is_some())?;
    }
    if !all_ran {
        remarked(out, told, title)?;
    }
    if told.requests.is_empty() {
        let nobody = if conforms { " Nobody broke a rule." } else { "" };
        let text = format!("No request was submitted, and nothing is launched without one (LAU-9).{nobody}");
        writeln!(out)?;
        wrap(&text, page::width() - 2)
            .iter()
            .try_for_each(|line| writeln!(out, "  {line}"))?;
    }
    advised(out, &told.judged.advice)?;
    for doubt in &told.judged.doubts {
        heading(out, "cannot be told")?;
        labelled(out, "where", &print::place(doubt.line, doubt.event, doubt.at))?;
        labelled(out, "why", &humane(&plain(&doubt.why)))?;
    }
    Ok(())
}

/// Whether two requests have one story: the same answer, and the same in their way for as long, to the second.
fn is_alike(one: &Story, other: &Story) -> bool {
    let told = |story: &Story| {
        let obstacles = story.obstacles.iter();
        let obstacles: Vec<_> = obstacles
            .map(|each| (each.rule.clone(), each.in_the_way / 1000, each.not_known / 1000))
            .collect();
        (
            story.answer.fault,
            story.answer.rules.clone(),
            obstacles,
            story.entries.len(),
        )
    };
    let what = |story: &Story| story.answer.text.replace(&story.id, "");
    told(one) == told(other) && (what(one) == what(other) || one.answer.fault == Fault::Ran)
}

fn remarked(out: &mut impl Write, told: &Explanation, title: &str) -> io::Result<()> {
    const MOST: usize = 4;
    // What the answer tells already is not told again.
    let answer = told.answer.as_ref();
    let says = |remark: &Remark| answer.is_some_and(|answer| answer.text.contains(&remark.because));
    let advises = |to_do: &String| answer.is_some_and(|answer| answer.to_do.contains(to_do));
    let remarks: Vec<_> = told.remarks.iter().filter(|remark| !says(remark)).collect();
    if remarks.is_empty() {
        return Ok(());
    }
    heading(out, title)?;
    for remark in remarks.iter().take(MOST) {
        let again = match remark.times {
            1 => String::new(),
            times => format!(", {times} times"),
        };
        let rules = remark.rules.join(", ");
        let text = format!("{}{again}: {} ({rules})", plain(&remark.what), remark.because);
        labelled(out, &format!("line {}", remark.line), &text)?;
        if let Some(to_do) = remark.to_do.as_ref().filter(|to_do| !advises(to_do)) {
            labelled(out, "to do", to_do)?;
        }
    }
    let more = remarks.len().saturating_sub(MOST);
    if more > 0 {
        labelled(out, "", &format!("and {more} more: --format json has them all"))?;
    }
    Ok(())
}

/// The advice, each rule once.
fn advised(out: &mut impl Write, advice: &[Found]) -> io::Result<()> {
    let mut told: Vec<&FoundRule> = Vec::new();
    for rule in advice.iter().flat_map(|advice| advice.rules()) {
        if told.contains(&rule) {
            continue;
        }
        told.push(rule);
        let concerned = advice.iter().filter(|other| other.rules().any(|named| named == rule));
        let places: Vec<_> = concerned.map(|other| format!("line {}", other.line)).collect();
        heading(out, &format!("advice to the app: {}", rule.id))?;
        labelled(out, "advice", first_sentence(&rule.text))?;
        labelled(out, "where", &places.join(", "))?;
    }
    Ok(())
}

fn head(out: &mut impl Write, told: &Explanation) -> io::Result<()> {
    let judged = &told.judged;
    let style = match judged.outcome {
        Outcome::Conforms => AnsiColor::Green.on_default().bold(),
        Outcome::Breaks | Outcome::Unusable => AnsiColor::Red.on_default().bold(),
        Outcome::Inconclusive | Outcome::NothingChecked => AnsiColor::Yellow.on_default().bold(),
    };
    writeln!(
        out,
        "{}: {style}{}{style:#}",
        print::named(judged),
        judged.outcome.words()
    )?;
    print::terms(out, judged)
}

/// Why, whose doing it was, and what to do.
fn answered(out: &mut impl Write, answer: &Answer, conforms: bool) -> io::Result<()> {
    labelled(out, "why", &plain(&answer.text))?;
    let fault = match answer.fault {
        Fault::App if conforms => "the app's, though it broke no rule",
        fault => fault.words(),
    };
    labelled(out, "fault", fault)?;
    for (number, to_do) in answer.to_do.iter().enumerate() {
        labelled(out, if number == 0 { "to do" } else { "" }, &plain(to_do))?;
    }
    Ok(())
}

fn request(out: &mut impl Write, group: &[&Story], asked: bool, conforms: bool) -> io::Result<()> {
    let Some(story) = group.first() else { return Ok(()) };
    let names: Vec<_> = group.iter().map(|story| shown(&story.id)).collect();
    if group.len() > 1 {
        heading(out, &format!("{} requests with one story", group.len()))?;
        labelled(out, "which", &names.join(", "))?;
    } else {
        heading(out, &names[0])?;
    }
    for letter in odd(&story.id) {
        labelled(
            out,
            "note",
            &format!("its letter {} is {}", letter.place, plain(&letter.what)),
        )?;
    }
    answered(out, &story.answer, conforms)?;
    if story.answer.fault == Fault::Ran && !asked {
        return Ok(());
    }
    // What was never there waited for nothing.
    let was_there = story.answer.rules.iter().all(|rule| rule != "CFG-6");
    if was_there && !story.obstacles.is_empty() {
        heading(
            out,
            &format!(
                "what stood in its way, of the {} that it waited",
                roughly(story.outstanding)
            ),
        )?;
        // What surely stood in the way comes first, where that is the answer.
        let mut obstacles: Vec<_> = story.obstacles.iter().collect();
        if story.answer.fault != Fault::NotKnown {
            obstacles.sort_by_key(|obstacle| obstacle.in_the_way == 0);
        }
        for obstacle in obstacles {
            obstructed(out, obstacle, story)?;
        }
        if story.nothing_in_the_way > 0 {
            let length = roughly(story.nothing_in_the_way);
            row(out, &length, "", "nothing: every condition of its launch held")?;
        }
    }
    if story.entries.is_empty() {
        return Ok(());
    }
    let first = if group.len() > 1 {
        format!(", for {}", names[0])
    } else {
        String::new()
    };
    heading(
        out,
        &format!("what happened{first} (times count from the beginning of the trace)"),
    )?;
    let entries = rows(&story.entries);
    let count = entries.len();
    let left_out = if count > 2 * SHOWN + 1 {
        SHOWN..count - SHOWN
    } else {
        0..0
    };
    for (place, (entry, times)) in entries.iter().enumerate() {
        if place == left_out.start && !left_out.is_empty() {
            let text = format!("{} rows more: --format json has them all", left_out.len());
            row(out, "…", "", &text)?;
        }
        if !left_out.contains(&place) {
            happened(out, entry, *times)?;
        }
    }
    Ok(())
}

/// Equal rows that follow one another are one.
fn rows(entries: &[Entry]) -> Vec<(&Entry, usize)> {
    let mut rows: Vec<(&Entry, usize)> = Vec::new();
    for entry in entries {
        match rows.last_mut() {
            Some((last, times)) if (&last.what, &last.rules) == (&entry.what, &entry.rules) && entry.then.is_none() => {
                *times += 1;
            }
            _ => rows.push((entry, 1)),
        }
    }
    rows
}

/// The first sentence of a rule.
fn first_sentence(text: &str) -> &str {
    text.find(". ").map_or(text, |end| &text[..=end])
}

impl Fault {
    /// As people read it.
    const fn words(self) -> &'static str {
        match self {
            Self::Ran => "nobody's: it ran",
            Self::Nobody => "nobody's",
            Self::App => "the app's",
            Self::Scheduler => "the scheduler's",
            Self::Person => "the person's (whoever uses the device)",
            Self::Device => "the device's",
            Self::NotKnown => "not known",
        }
    }
}

fn obstructed(out: &mut impl Write, obstacle: &Obstacle, story: &Story) -> io::Result<()> {
    const MOST: usize = 4;
    let length = match obstacle.in_the_way {
        0 => "perhaps".to_owned(),
        surely => roughly(surely),
    };
    let mut text = format!("{} ({})", obstacle.obstacle, obstacle.rule);
    if obstacle.in_the_way == story.outstanding {
        text.push_str(": all the time");
    } else if obstacle.in_the_way > 0 {
        let spans: Vec<_> = obstacle.spans.iter().filter(|(from, to)| from < to).collect();
        let told: Vec<_> = spans
            .iter()
            .take(MOST)
            .map(|(from, to)| format!("from {} to {}", time(*from), time(*to)))
            .collect();
        let more = spans.len().saturating_sub(MOST);
        let more = if more > 0 {
            format!(" and {more} times more")
        } else {
            String::new()
        };
        text.push_str(&format!(": {}{more}", told.join(", ")));
    }
    if obstacle.not_known > 0 {
        let open = if obstacle.open.is_empty() {
            "enough of the time before it".to_owned()
        } else {
            obstacle.open.join(", ")
        };
        text.push_str(&format!(
            "; for {} not known, since the trace does not tell {open}",
            roughly(obstacle.not_known)
        ));
    }
    row(out, &length, "", &plain(&text))
}

fn happened(out: &mut impl Write, entry: &Entry, times: usize) -> io::Result<()> {
    let line = entry.line.map_or(String::new(), |line| format!("line {line}"));
    let rules = if entry.rules.is_empty() {
        String::new()
    } else {
        format!(" ({})", entry.rules.join(", "))
    };
    let again = if times > 1 {
        format!(", {times} times")
    } else {
        String::new()
    };
    row(
        out,
        &time(entry.at),
        &line,
        &format!("{}{again}{rules}", humane(&plain(&entry.what))),
    )?;
    match &entry.then {
        Some(then) => row(out, "", "", &format!("→ {}", waits(then))),
        None => Ok(()),
    }
}

/// What stands in the way from now on.
fn waits(then: &Then) -> String {
    let names = |blockers: &[crate::explain::form::Blocker]| -> String {
        let names: Vec<_> = blockers
            .iter()
            .map(|blocker| format!("{} ({})", blocker.about, blocker.rule))
            .collect();
        names.join(", ")
    };
    let mut text = match (then.in_the_way.as_slice(), then.not_known.as_slice()) {
        ([], []) if then.is_vague && then.may_be_gone() => {
            return "whether it is pending is not known from here on".to_owned();
        }
        ([], []) if then.is_vague => "which of its requests is pending is not known from here on".to_owned(),
        ([], []) if then.owed_by == "LAU-7" => "nothing stands in the way: every condition holds (LAU-7)".to_owned(),
        ([], []) => "nothing stands in the way: every condition holds, and a launch is not owed (CON-12)".to_owned(),
        (surely, []) => format!("in the way: {}", names(surely)),
        ([], perhaps) => format!("perhaps in the way: {}", names(perhaps)),
        (surely, perhaps) => format!("in the way: {}; perhaps: {}", names(surely), names(perhaps)),
    };
    if then.may_be_gone() {
        text.insert_str(0, "if it is pending at all: ");
    }
    text
}

/// A breach, and what each state says of it. The lines of a `scenario` are sentences, and no JSON.
fn how(out: &mut impl Write, breach: &Breach, to_do: Option<&str>, scenario: bool) -> io::Result<()> {
    let found = &breach.finding;
    let left_out = if found.counts { "" } else { " (not counted here)" };
    print::short(out, found, "breaks", left_out)?;
    if let Some(to_do) = to_do {
        labelled(out, "to do", to_do)?;
    }
    const MOST: usize = 3;
    let several = breach.states.len() > 1;
    for (number, state) in breach.states.iter().take(MOST).enumerate() {
        let mut text = state.state.clone();
        if !state.supposes.is_empty() {
            text = format!("if {}: {text}", state.supposes.join(" and "));
        }
        let label = match (several, number) {
            (true, _) => format!("state {}", number + 1),
            (false, _) => "state".to_owned(),
        };
        labelled(out, &label, &plain(&text))?;
        let rules = state.rules.join(", ");
        match (state.rules.as_slice(), state.owed.as_slice()) {
            ([], _) => {}
            (_, []) => labelled(out, "", &format!("refused by {rules}"))?,
            (_, owed) => labelled(out, "", &format!("owed by {rules}: {}", plain(&owed.join("; "))))?,
        }
        for other in &state.instead {
            labelled(out, "", &format!("allowed: {} ({})", plain(&other.what), other.rule))?;
        }
    }
    let more = breach.states.len().saturating_sub(MOST);
    if more > 0 {
        labelled(out, "", &format!("and {more} states more: --format json has them all"))?;
    }
    for (number, near) in breach.nearest.iter().enumerate() {
        let label = if number == 0 { "nearest" } else { "or" };
        let rule = if near.rule.is_empty() {
            String::new()
        } else {
            format!(" ({})", near.rule)
        };
        labelled(out, label, &format!("{}{rule}", plain(&near.what)))?;
    }
    match &breach.edit {
        Some(edit) => {
            labelled(out, "edit", &plain(&edit.what))?;
            let then = if edit.conforms {
                "then the trace conforms"
            } else {
                "then this finding is gone; others stay"
            };
            for line in edit.becomes.iter().filter(|_| !scenario) {
                verbatim(out, &plain(line))?;
            }
            // What makes a recording right need not mend the app.
            let is_apps = found.party == Party::App.to_string();
            let of_what = if is_apps {
                " (an edit of the recording, and no repair of the app)"
            } else {
                ""
            };
            labelled(out, "", &format!("{then}{of_what}"))?;
        }
        None if breach.tried > 0 => {
            let text = format!("none of the {} edits that were tried makes it conform", breach.tried);
            labelled(out, "edit", &text)?;
        }
        None => {}
    }
    Ok(())
}

/// A line of a trace, not wrapped, so that it can be copied.
fn verbatim(out: &mut impl Write, line: &str) -> io::Result<()> {
    let dim = Style::new().dimmed();
    writeln!(out, "               {dim}{line}{dim:#}")
}

/// Time, line, and a text that is wrapped behind them.
fn row(out: &mut impl Write, time: &str, line: &str, text: &str) -> io::Result<()> {
    let dim = Style::new().dimmed();
    let pad = INDENT - LINE - 4;
    for (index, part) in wrap(text, page::width() - INDENT).iter().enumerate() {
        let (time, line) = if index == 0 { (time, line) } else { ("", "") };
        let gap = if time.len() >= pad || line.len() >= LINE {
            " "
        } else {
            ""
        };
        writeln!(out, "    {time:<pad$}{gap}{dim}{line:<LINE$}{dim:#}{gap}{part}")?;
    }
    Ok(())
}
