//! The picture of a case: an SVG that needs nothing else, a row a line, and beside it a lane for each thing that has a
//! state.
//!
//! Text is escaped by the template; the colours follow what the reader prefers, light or dark. A state is told by a shape
//! too, not by its colour alone.

use maud::{Markup, PreEscaped, html};

use super::timeline::{Row, State, Timeline};
use crate::text::{clip, time};

/// The height of a row.
const ROW: usize = 20;
/// The width of a lane.
const LANE: usize = 22;
/// Where lanes begin: behind the number and the time.
const LEFT: usize = 150;
/// How many characters of a line are shown.
const MOST: usize = 110;
/// The width of a character, about.
const LETTER: usize = 7;

const STYLE: &str = "\
text { font: 12px ui-monospace, monospace; fill: #1d1d21; } .dim { fill: #55555e; } .bad { fill: #8a1c1c; font-weight: 700; }
.back { fill: #fff; } .rule { stroke: #d6d6de; } .mark { fill: #fff3c4; } .dot { fill: #1d1d21; }
.launching { fill: #b8b8c8; } .background { fill: #7f9bc8; } .foreground { fill: #0a4fb4; } .suspended { fill: #d6d6de; }
.pending { fill: #d9a521; } .running { fill: #2e8b57; } .expired { fill: #c0392b; } .shown { fill: #7b5ea7; }
.prompting { fill: #c04ea0; } .ended { fill: #a9a9b4; }
@media (prefers-color-scheme: dark) {
text { fill: #e8e8ec; } .dim { fill: #a9a9b4; } .bad { fill: #ff9d96; } .back { fill: #16161a; } .rule { stroke: #3b3b45; }
.mark { fill: #4a4220; } .dot { fill: #ffffff; } .suspended { fill: #3b3b45; } }";

/// Draws it. `deciding` is the line, from 1, at which a rule is broken; `title` says what the picture shows.
#[must_use]
pub fn write(title: &str, timeline: &Timeline, deciding: Option<u64>) -> String {
    let lanes = timeline.lanes.len();
    let head = lanes * ROW + ROW * 2;
    let texts = LEFT + lanes * LANE + 10;
    let longest = timeline.rows.iter().map(|row| row.what.chars().count().min(MOST));
    let names = timeline.lanes.iter().map(|lane| lane.name.chars().count());
    let width = texts + 20 + LETTER * longest.chain(names).max().unwrap_or(0).max(30);
    let height = head + timeline.rows.len() * ROW + legend_height();
    let drawing = html! {
        svg xmlns="http://www.w3.org/2000/svg" width=(width) height=(height) viewBox=(format!("0 0 {width} {height}"))
            role="img" aria-label=(clip(title, 200)) {
            title { (clip(title, 200)) }
            style { (PreEscaped(STYLE)) }
            rect class="back" width=(width) height=(height) {}
            text x="6" y="15" { (clip(title, 120)) }
            @for (n, lane) in timeline.lanes.iter().enumerate() {
                // Each lane's name stands in a row of its own, with a line down to the lane.
                @let (x, y) = (LEFT + n * LANE + LANE / 2, ROW + n * ROW + 15);
                text x=(LEFT + n * LANE + LANE) y=(y) class="dim" { (lane.name) }
                line class="rule" x1=(x) y1=(y) x2=(x) y2=(height - legend_height()) {}
            }
            @for (n, row) in timeline.rows.iter().enumerate() {
                (drawn(timeline, n, row, head + n * ROW, width, deciding == Some(row.number)))
            }
            (legend(height - legend_height() + 8))
        }
    };
    drawing.into_string() + "\n"
}

fn drawn(timeline: &Timeline, place: usize, row: &Row, y: usize, width: usize, is_deciding: bool) -> Markup {
    let texts = LEFT + timeline.lanes.len() * LANE + 10;
    html! {
        @if is_deciding { rect class="mark" x="0" y=(y) width=(width) height=(ROW) {} }
        text x="6" y=(y + 14) class="dim" { (format!("{:>3} {:>15}", row.number, time(row.at))) }
        @for (n, lane) in timeline.lanes.iter().enumerate() {
            @let x = LEFT + n * LANE;
            @match lane.states.get(place).copied().unwrap_or_default() {
                State::Absent => {},
                state => rect class=(state.word()) x=(x + inset(state)) y=(y) width=(LANE - 2 * inset(state)) height=(ROW) {},
            }
            @if lane.touched.contains(&place) { circle class="dot" cx=(x + LANE / 2) cy=(y + ROW / 2) r="3" {} }
        }
        text x=(texts) y=(y + 14) class=[is_deciding.then_some("bad")] { (clip(&row.what, MOST)) }
    }
}

/// A state is told by how wide it is as well.
const fn inset(state: State) -> usize {
    match state {
        State::Absent => LANE / 2,
        State::Launching | State::Suspended | State::Ended => 9,
        State::Background | State::Pending | State::Shown => 7,
        State::Foreground | State::Running => 4,
        State::Expired | State::Prompting => 2,
    }
}

const fn legend_height() -> usize {
    ROW * 3
}

fn legend(y: usize) -> Markup {
    html! {
        @for (n, state) in State::SHOWN.iter().enumerate() {
            @let (x, y) = (6 + n % 5 * 120, y + n / 5 * ROW);
            rect class=(state.word()) x=(x + inset(*state)) y=(y) width=(LANE - 2 * inset(*state)) height=(ROW - 4) {}
            text x=(x + LANE + 4) y=(y + 12) class="dim" { (state.word()) }
        }
    }
}
