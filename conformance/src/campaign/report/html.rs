//! A run as one page of HTML: what it came to, each finding with its timeline, the rules by area.
//!
//! Nothing is fetched, and whatever an adapter says stays text: the templates escape, and control and direction
//! characters are shown as such ([`crate::text`]).

use std::collections::BTreeMap;

use bgspec_model::rule::{Id, Party};
use bgspec_model::rules;
use bgspec_model::vocabulary::Area;
use maud::{Markup, html};

use super::timeline::{Row, State, Timeline};
use crate::campaign::known::Came;
use crate::campaign::standing::Standing;
use crate::campaign::story;
use crate::campaign::summary::{FailureLine, KnownLine, Line, Sort, Summary};
use crate::report::Found;
use crate::rulebook::document::Anchors;
use crate::rulebook::html::{page_with, sources_of};
use crate::rulebook::{basis, title, versions};
use crate::text::{clip, humane, plain, time};

const STYLE: &str = include_str!("report.css");
/// More characters of one text than anybody reads.
const LONGEST: usize = 2_000;

/// Writes it.
#[must_use]
pub fn write(summary: &Summary) -> String {
    let name = format!("bgspec: {}", plain(&summary.implementation));
    let body = html! {
        a class="skip" href="#findings" { "To the findings" }
        div class="frame wide" {
            header {
                h1 { (plain(&summary.implementation)) }
                p class="stamp" { (plain(&summary.tool)) ", profile " (summary.profile) ", seed " (summary.seed) }
                p class="lead" { (plain(&summary.claim)) }
                (stopped(summary))
                (facts(summary))
            }
            main id="findings" tabindex="-1" {
                h2 { "Findings" }
                @if summary.failures.is_empty() { p { "No rule that counts was broken, and the adapter did not fail." } }
                @for (n, failure) in summary.failures.iter().enumerate() { (finding(n + 1, failure)) }
                (behind(summary))
                (expected(summary))
                h2 { "Rules by area" }
                (areas(summary))
                @for (area, lines) in by_area(summary) { (rules_of(area, &lines)) }
            }
        }
    };
    page_with(&name, STYLE, &body)
}

fn stopped(summary: &Summary) -> Markup {
    html! {
        @if let Some(stopped) = &summary.stopped {
            p class="lead bad" { "Not all cases were played: " (plain(stopped)) "." }
        }
        @if let Some(doubt) = &summary.doubt {
            p class="lead" { (summary.inconclusive) " cases are inconclusive; the first: " (plain(doubt)) }
        }
    }
}

fn facts(summary: &Summary) -> Markup {
    let words = |words: Vec<String>| plain(&words.join(", "));
    let pins = summary.pins.iter().map(|(name, value)| format!("{name}={value}"));
    html! {
        dl {
            dt { "cases" } dd { (summary.cases) " with " (summary.events) " events and " (summary.deliveries) " deliveries" }
            dt { "versions" } dd { (words(summary.versions.iter().map(ToString::to_string).collect())) }
            dt { "kinds" } dd { (words(summary.kinds.clone())) }
            @if !summary.pins.is_empty() { dt { "held to" } dd { (words(pins.collect())) } }
            @if let Some(shard) = summary.shard { dt { "part" } dd { (shard) } }
            @if let Some(rank) = summary.fail_on { dt { "counts" } dd { "what is " (rank) " at least" } }
            dt { "how" } dd { "cases are " (summary.method) ": what was not broken was not proved" }
        }
    }
}

/// A rule with its sentence, by a link into the table below.
fn linked(id: Id) -> Markup {
    html! { a href={ "#" (id) } { (id) } }
}

fn finding(number: usize, failure: &FailureLine) -> Markup {
    let anchor = format!("finding-{number}");
    html! {
        article id=(anchor) class="finding" {
            h3 {
                a href={ "#" (anchor) } {
                    @if failure.known { "Expected: " }
                    @match failure.sort {
                        Sort::Breach => { "The scheduler breaks " (ids(&failure.rules)) },
                        Sort::Adapter | Sort::Bgspec => (first_line(failure.trouble.as_deref().unwrap_or(&failure.fault))),
                    }
                }
            }
            p class="stamp" {
                (cases(failure)) "; " @if failure.flaky.is_some() { "flaky, first seen in " (failure.first_case) } @else { "shrunk from " (failure.case) }
                @if let Some(trace) = &failure.trace { "; " code { (plain(trace)) } }
            }
            @if let Some(anew) = &failure.flaky {
                p { b { "Flaky" } ": when it was played anew, " (first_line(anew)) "." }
            }
            @for id in &failure.rules { @if let Some(rule) = rules::find(*id) {
                p class="sentence" { (linked(*id)) " " (rule.text) }
            } }
            @if let Some(found) = &failure.finding { (wrong(found)) }
            (below(failure))
            p class="says" { b { "The app" } ": " (clip(&story::setting(&failure.header), 600)) }
            @let timeline = Timeline::of(&failure.records);
            (course(&timeline, failure.finding.as_ref().map(|found| found.event)))
            @if !failure.wire.is_empty() {
                details { summary { "The last lines on the wire" } pre { (lines(&failure.wire)) } }
            }
            details { summary { "As text" } pre { (lines(&failure.story)) } }
        }
    }
}

/// What an adapter's failure said behind its first line: stderr.
fn below(failure: &FailureLine) -> Markup {
    let rest = failure.trouble.as_deref().and_then(|trouble| trouble.split_once('\n'));
    html! { @if let Some((_, rest)) = rest { pre { (lines(&rest.lines().collect::<Vec<_>>())) } } }
}

fn wrong(found: &Found) -> Markup {
    html! {
        p { b { "Line " (found.event) ", " (time(found.at)) } ": " (clip(&humane(&found.what), LONGEST)) }
        @if !found.instead.is_empty() {
            ul class="says" {
                @for allowed in &found.instead {
                    li { b { "Allowed" } ": " (clip(&humane(&allowed.what), LONGEST)) " (" a href={ "#" (plain(&allowed.rule)) } { (plain(&allowed.rule)) } ")" }
                }
            }
        }
        @if let Some(earlier) = found.earlier { p class="says" { "It contradicts line " (earlier) "." } }
        @for fixed in &found.fixed {
            p class="says" { "Line " (fixed.line) " showed " code { (plain(&fixed.setting)) " = " (plain(&fixed.value)) } "." }
        }
    }
}

/// The course of a case: a table, a column a lane.
fn course(timeline: &Timeline, deciding: Option<u64>) -> Markup {
    html! {
        div class="course" tabindex="0" role="region" aria-label="Timeline" {
            table {
                caption {
                    @for (n, lane) in timeline.lanes.iter().enumerate() {
                        span class="lane-name" { b { (letter(n)) } " " (lane.name) }
                    }
                    @if timeline.left_out > 0 { span { "and " (timeline.left_out) " more" } }
                    span class="legend" { @for state in seen(timeline) {
                        span { i class=(state.word()) {} (state.word()) }
                    } }
                }
                thead { tr {
                    th scope="col" class="number" { "line" }
                    th scope="col" { "time" }
                    @for (n, lane) in timeline.lanes.iter().enumerate() {
                        th scope="col" class="lane" title=(lane.name) { (letter(n)) }
                    }
                    th scope="col" { "what happened" }
                } }
                tbody { @for (place, row) in timeline.rows.iter().enumerate() {
                    (line(timeline, place, row, deciding == Some(row.number)))
                } }
            }
        }
    }
}

fn line(timeline: &Timeline, place: usize, row: &Row, is_deciding: bool) -> Markup {
    html! {
        tr class=[is_deciding.then_some("deciding")] {
            td class="number" { (row.number) }
            td class="time" { (time(row.at)) }
            @for lane in &timeline.lanes {
                @let state = lane.states.get(place).copied().unwrap_or_default();
                @let touched = lane.touched.contains(&place);
                td class={ "lane " (state.word()) } title={ (lane.name) @if state != State::Absent { ": " (state.word()) } } {
                    @if touched { span class="dot" aria-hidden="true" { "●" } }
                    @if touched && state != State::Absent { span class="unseen" { (state.word()) } }
                }
            }
            td class={ "what " (row.from.word()) } {
                span class="from" { (row.from.word()) } " " (row.what)
                @if is_deciding { b class="bad" { " ← here" } }
            }
        }
    }
}

/// The states that come up.
fn seen(timeline: &Timeline) -> impl Iterator<Item = State> {
    let comes_up = |state: &State| timeline.lanes.iter().any(|lane| lane.states.contains(state));
    State::SHOWN.into_iter().filter(comes_up)
}

/// The name of a lane in the head of its column.
fn letter(n: usize) -> String {
    char::from_u32('A' as u32 + u32::try_from(n).unwrap_or(0)).map_or_else(String::new, String::from)
}

fn behind(summary: &Summary) -> Markup {
    let uncounted = summary
        .uncounted
        .iter()
        .map(|(rule, times)| format!("{rule} ({times})"));
    let uncounted: Vec<_> = uncounted.collect();
    html! {
        @if !summary.followers.is_empty() {
            h3 { "Seen only behind another breach" }
            p { "It may be the reason, and they are not counted: " (plain(&summary.followers.join(", "))) "." }
        }
        @if !uncounted.is_empty() {
            h3 { "Broken, and not counted" }
            p { "By --fail-on or --filter: " (plain(&uncounted.join(", "))) "." }
        }
    }
}

fn expected(summary: &Summary) -> Markup {
    html! {
        @if !summary.known.is_empty() {
            h3 { "Breaches that are expected" }
            table {
                thead { tr { th scope="col" { "rule" } th scope="col" { "what came of it" } th scope="col" { "reason" } } }
                tbody { @for KnownLine { rule, came, expected } in &summary.known {
                    tr {
                        td { (linked(*rule)) }
                        td { (came_words(*came)) }
                        td { (plain(&expected.reason)) @if let Some(until) = &expected.expires { ", until " (plain(until)) } }
                    }
                } }
            }
        }
    }
}

const fn came_words(came: Came) -> &'static str {
    match came {
        Came::Broken => "broken, as expected",
        Came::Passed => "not broken: its line can go",
        Came::Unmatched => "cannot be judged there",
        Came::Open => "not decided by this run",
    }
}

fn by_area(summary: &Summary) -> BTreeMap<Area, Vec<&Line>> {
    let mut areas: BTreeMap<Area, Vec<&Line>> = BTreeMap::new();
    for line in &summary.rules {
        areas.entry(line.rule.area).or_default().push(line);
    }
    areas
}

fn areas(summary: &Summary) -> Markup {
    let heads = ["reachable", "exercised", "broken", "not applicable", "untestable"];
    html! {
        div class="course" tabindex="0" role="region" aria-label="Areas" {
            table class="areas" {
                thead { tr { th scope="col" { "area" } @for head in heads { th scope="col" class="number" { (head) } } } }
                tbody { @for (area, lines) in by_area(summary) {
                    @let count = |is: &dyn Fn(&Line) -> bool| lines.iter().filter(|line| is(line)).count();
                    @let reachable = |line: &Line| line.standing == Standing::Reachable;
                    tr {
                        th scope="row" { a href={ "#" (area) } { (area) } " " (area.title()) }
                        td class="number" { (count(&reachable)) }
                        td class="number" { (count(&|line| reachable(line) && line.is_exercised())) }
                        td class="number" { (count(&|line| line.broken)) }
                        td class="number" { (count(&|line| matches!(line.standing, Standing::NotApplicable(_)))) }
                        td class="number" { (count(&|line| matches!(line.standing, Standing::Untestable(_)))) }
                    }
                } }
            }
        }
    }
}

fn rules_of(area: Area, lines: &[&Line]) -> Markup {
    let broken = lines.iter().any(|line| line.broken);
    html! {
        details id=(area) open[broken] {
            summary { (area) ": " (area.title()) " (" (lines.len()) ")" }
            @for line in lines { @if let Some(rule) = rules::find(line.rule) {
                article id=(line.rule) {
                    h3 { a href={ "#" (line.rule) } { span class="id" { (line.rule) } " " (title(rule)) } }
                    p class="sentence" { (rule.text) }
                    ul class="badges" {
                        li { "the " (rule.bound) " " span class=(rule.force) { (rule.force) } }
                        li { (versions(rule)) }
                        li { (basis(rule)) }
                        li class=[line.broken.then_some("bad")] { (outcome(line)) }
                    }
                    (sources_of(rule, &Anchors::only(rule.id)))
                }
            } }
        }
    }
}

/// What came of a rule, in words.
fn outcome(line: &Line) -> String {
    match &line.standing {
        _ if line.broken => "broken".to_owned(),
        Standing::Reachable if line.exercised == 1 => "exercised once".to_owned(),
        Standing::Reachable if line.exercised > 0 => format!("exercised {} times", line.exercised),
        Standing::Reachable => "never exercised".to_owned(),
        Standing::NotApplicable(why) => format!("not applicable: {why}"),
        Standing::Untestable(why) => format!("untestable there: {why}"),
        Standing::OtherParty(Party::App) => "not judged here: the app's to keep".to_owned(),
        Standing::OtherParty(_) => "not judged here: the device's to keep".to_owned(),
    }
}

fn ids(rules: &[Id]) -> String {
    rules.iter().map(ToString::to_string).collect::<Vec<_>>().join(" or ")
}

fn cases(failure: &FailureLine) -> String {
    match failure.cases {
        1 => "in 1 case".to_owned(),
        many => format!("in {many} cases"),
    }
}

fn first_line(text: &str) -> String {
    clip(text.lines().next().unwrap_or_default(), LONGEST)
}

fn lines(lines: &[impl AsRef<str>]) -> String {
    let lines: Vec<_> = lines.iter().map(|line| plain(line.as_ref())).collect();
    lines.join("\n")
}
