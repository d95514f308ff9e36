//! Steps one after another: what each says, and how each record is said.

use bgspec_model::rule::{Id, Party};
use bgspec_model::vocabulary::{End, Event, Millis, Process, Record};
use serde_json::{Map, Value};

use super::compound;
use super::cursor::{Cursor, Expected};
use super::nearest::nearest;
use super::pattern::{Fields, Written};
use super::reference::shown;
use super::steps::{Keyword, STEPS, Step, What};
use super::time;
use super::value::Context;

/// What a step says.
#[derive(Debug, Clone, PartialEq)]
#[expect(clippy::large_enum_variant, reason = "one at a time, between a step and its line")]
pub enum Said {
    /// Facts of the header.
    Facts(Fields),
    /// A line of the trace.
    Record(Record),
    /// Lines of the trace that are alike.
    Series(Vec<Record>),
    /// What the oracle is to say.
    Verdict(Verdict),
}

/// What the oracle is to say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Nobody broke a `must`.
    Conforms,
    /// This party broke this rule.
    Blames(Party, Id),
    /// This party broke nothing, whatever the others did.
    Clears(Party),
    /// This party would have broken this rule if some line were different.
    WouldBlame(Party, Id),
    /// The app is advised otherwise.
    Advises(Id),
    /// It cannot be told.
    Inconclusive,
}

/// A step that is none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wrong {
    /// The place in the step, in bytes from its start.
    pub at: usize,
    /// What was found and what was expected.
    pub what: String,
    /// The cell of the table under the step, where it is wrong: its row and its column, from 0.
    pub cell: Option<(usize, usize)>,
}

impl Wrong {
    fn at(at: usize, what: String) -> Self {
        Self { at, what, cell: None }
    }
}

/// One line of a feature file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// The keyword that it stands under.
    pub keyword: Keyword,
    /// Its text and table.
    pub written: Written,
}

/// Where a trace is when a step comes.
#[derive(Debug, Clone)]
pub struct Story<'a> {
    /// The app's bundle identifier.
    bundle: &'a str,
    /// The time of the step before.
    at: Millis,
    /// The last process.
    pid: u32,
}

impl<'a> Story<'a> {
    /// At time zero.
    #[must_use]
    pub fn new(bundle: &'a str) -> Self {
        Self { bundle, at: 0, pid: 0 }
    }

    /// The time of the last step.
    #[must_use]
    pub fn now(&self) -> Millis {
        self.at
    }

    /// What a step says.
    ///
    /// # Errors
    /// No step of the language is written so, or it stands under another keyword.
    pub fn read(&mut self, keyword: Keyword, text: &str, table: Option<&[Vec<String>]>) -> Result<Said, Wrong> {
        let (at, skipped) = if keyword == Keyword::Given {
            (self.at, 0)
        } else {
            self.time_of(text)?
        };
        let body = &text[skipped..];
        let context = Context {
            bundle: self.bundle,
            at,
            table,
        };
        let mut furthest: Option<(&Step, Expected)> = None;
        for step in STEPS.iter() {
            match step.pattern.match_text(body, &context) {
                Ok(_) if step.keyword != keyword => {
                    let what = format!("a {:?} stands under {keyword:?}: `{body}`", step.keyword);
                    return Err(Wrong::at(skipped, what));
                }
                Ok(fields) => return self.said(step, fields, at).map_err(|what| Wrong::at(skipped, what)),
                // The step is found, and its table is wrong.
                Err(expected) if expected.cell.is_some() && step.keyword == keyword => {
                    return Err(Wrong {
                        at: skipped + expected.at,
                        what: format!("expected {}", expected.what),
                        cell: expected.cell,
                    });
                }
                Err(expected) => {
                    if furthest.as_ref().is_none_or(|(_, far)| far.at < expected.at) {
                        furthest = Some((step, expected));
                    }
                }
            }
        }
        Err(undefined(keyword, body, skipped, furthest))
    }

    /// The time at which a step happens, and how much of its text says so.
    fn time_of(&self, text: &str) -> Result<(Millis, usize), Wrong> {
        let mut cursor = Cursor::new(text);
        let behind = cursor.eat("after ");
        let begins = cursor.rest().starts_with(|c: char| c.is_ascii_digit());
        if !begins && !behind {
            return match text.split_once(", ") {
                Some((time, _)) if time.ends_with(" later") || time.ends_with(" earlier") => Err(Wrong::at(
                    0,
                    format!("expected {}, found {}", time::LENGTH, crate::lines::quote(time)),
                )),
                _ => Ok((self.at, 0)),
            };
        }
        let wrong = |expected: Expected| {
            let found = crate::lines::quote(&text[expected.at..]);
            Wrong::at(expected.at, format!("expected {}, found {found}", expected.what))
        };
        let length = time::read_length(&mut cursor).map_err(wrong)?;
        let sign = if behind || cursor.eat(" later") {
            1
        } else if cursor.eat(" earlier") {
            -1
        } else {
            return Ok((self.at, 0));
        };
        cursor.eat(",");
        cursor.expect(" ").map_err(wrong)?;
        let at = Millis::try_from(i128::from(self.at) + sign * length)
            .map_err(|_| Wrong::at(0, "expected a time that the clock can show".to_owned()))?;
        Ok((at, cursor.at()))
    }

    fn said(&mut self, step: &Step, fields: Fields, at: Millis) -> Result<Said, String> {
        match step.what {
            What::Header => Ok(Said::Facts(fields)),
            What::Verdict => verdict(&fields).map(Said::Verdict),
            What::Event(name) => {
                if let Some(series) = Series::of(&fields) {
                    return self.repeated(series?, step, fields, at).map(Said::Series);
                }
                let mut record = Record::end(at, End::Closed);
                let (body, lone) = around(&mut record, fields)?;
                let event: Event =
                    serde_json::from_value(Value::Object(Map::from_iter([(name.text().to_owned(), body)])))
                        .map_err(|error| format!("{error}, in `{}`", step.text))?;
                record.end = None;
                if !lone {
                    record.pid = record.pid.or_else(|| self.process_of(&event, record.by.is_some()));
                }
                record.event = Some(event);
                Ok(Said::Record(self.note(record)))
            }
            What::End(name) => {
                let mut record = Record::end(at, End::Closed);
                around(&mut record, fields)?;
                record.end = serde_json::from_value(name.into()).ok();
                Ok(Said::Record(self.note(record)))
            }
        }
    }

    fn note(&mut self, record: Record) -> Record {
        self.at = record.at;
        self.pid = self.pid.max(record.pid.unwrap_or(0));
        record
    }

    /// The process that an event is of, unless it says otherwise.
    fn process_of(&self, event: &Event, by_extension: bool) -> Option<u32> {
        match event.row().process {
            _ if by_extension => None,
            Process::Starts => self.pid.checked_add(1),
            Process::Lives | Process::Dies | Process::Closes => Some(self.pid.max(1)),
            Process::None | Process::Ends => None,
        }
    }

    /// The lines of a step that is done again and again.
    fn repeated(&mut self, series: Series, step: &Step, mut fields: Fields, at: Millis) -> Result<Vec<Record>, String> {
        for name in ["^every", "^times", "^more"] {
            fields.remove(name);
        }
        let first = fields.get("completed").and_then(Value::as_i64).unwrap_or(0);
        let past = || "expected a time and a count that can be written".to_owned();
        let mut records = Vec::new();
        for time in 0..series.times {
            let completed = series
                .more
                .checked_mul(time)
                .and_then(|more| first.checked_add(more))
                .ok_or_else(past)?;
            let at = series
                .every
                .checked_mul(time + 1)
                .and_then(|passed| at.checked_add(passed))
                .ok_or_else(past)?;
            let mut fields = fields.clone();
            fields.insert("completed".to_owned(), completed.into());
            match self.said(step, fields, at)? {
                Said::Record(record) => records.push(record),
                _ => return Err(past()),
            }
        }
        Ok(records)
    }

    /// How the longest series at the beginning of these records is said, and how many of them it takes in.
    pub fn write_series(&mut self, records: &[Record]) -> Option<(Line, usize)> {
        let progress = |record: &Record| match &record.event {
            Some(Event::Progress(progress)) if progress.total.is_none() && progress.child.is_none() => {
                Some((progress.task.clone(), progress.completed?, record.at))
            }
            _ => None,
        };
        let (task, first, start) = progress(records.first()?)?;
        let (_, second, _) = progress(records.get(1)?)?;
        let every = start.checked_sub(self.at).filter(|every| *every > 0)?;
        let more = second.checked_sub(first)?;
        let like = |(index, record): &(usize, &Record)| {
            let time = i64::try_from(*index).unwrap_or(i64::MAX);
            let expected = Record {
                at: record.at,
                event: record.event.clone(),
                ..records[0].clone()
            };
            let at = every.checked_mul(time).and_then(|passed| start.checked_add(passed));
            let completed = more.checked_mul(time).and_then(|more| first.checked_add(more));
            **record == expected
                && progress(record)
                    .is_some_and(|(other, done, then)| other == task && Some(done) == completed && Some(then) == at)
        };
        let count = records.iter().enumerate().take(MOST_TIMES).take_while(like).count();
        if count < LEAST_TIMES {
            return None;
        }
        let mut line = None;
        for step in STEPS.iter().filter(|step| step.text.contains("{^times:")) {
            let (_, mut fields) = self.fields(&records[0])?;
            fields.insert("^every".to_owned(), every.into());
            fields.insert("^times".to_owned(), count.into());
            fields.insert("^more".to_owned(), more.into());
            let context = Context {
                bundle: self.bundle,
                at: self.at,
                table: None,
            };
            let written = step.pattern.write(&mut fields, &context)?;
            line = fields.is_empty().then_some(Line {
                keyword: step.keyword,
                written,
            });
        }
        let line = line?;
        for record in &records[..count] {
            self.note(record.clone());
        }
        Some((line, count))
    }

    /// How a record is said.
    pub fn write(&mut self, record: &Record) -> Option<Line> {
        let (what, fields) = self.fields(record)?;
        let line = STEPS
            .iter()
            .filter(|step| step.what == what)
            .find_map(|step| self.write_as(step, &fields, record.at))?;
        self.note(record.clone());
        Some(line)
    }

    /// What a record is, and the fields of its step.
    fn fields(&self, record: &Record) -> Option<(What, Fields)> {
        let (what, mut fields) = match (&record.event, &record.end) {
            (Some(of), None) => {
                let Ok(Value::Object(mut event)) = serde_json::to_value(of) else {
                    return None;
                };
                let name = of.name_of();
                let Some(Value::Object(body)) = event.remove(name.text()) else {
                    return None;
                };
                (What::Event(name), body)
            }
            (None, Some(End::Closed)) => (What::End("closed"), Fields::new()),
            (None, Some(End::Cut)) => (What::End("cut"), Fields::new()),
            _ => return None,
        };
        let mut add = |name: &str, value: Value| fields.insert(name.to_owned(), value);
        if let Some(by) = &record.by {
            add("^by", by.as_str().into());
        }
        if record.person {
            add("^person", true.into());
        }
        if let Some(thread) = &record.thread {
            add("^thread", thread.as_str().into());
        }
        if let Some(call) = record.call {
            add("^call", call.into());
        }
        if let Some(to) = record.to {
            add("^to", to.into());
        }
        let usual = record
            .event
            .as_ref()
            .and_then(|event| self.process_of(event, record.by.is_some()));
        match record.pid {
            pid if pid == usual => {}
            Some(pid) => drop(add("^pid", pid.into())),
            None => drop(add("^lone", true.into())),
        }
        Some((what, fields))
    }

    fn write_as(&self, step: &Step, fields: &Fields, at: Millis) -> Option<Line> {
        let passed = i128::from(at) - i128::from(self.at);
        let mut fields = fields.clone();
        let mut now = at;
        let mut prefix = String::new();
        if step.pattern.passes_time() {
            let passed = Millis::try_from(passed).ok().filter(|passed| *passed > 0)?;
            fields.insert("^pass".to_owned(), passed.into());
            now = self.at;
        } else if passed > 0 {
            prefix = format!("{} later, ", time::length(passed));
        } else if passed < 0 {
            prefix = format!("{} earlier, ", time::length(-passed));
        }
        let context = Context {
            bundle: self.bundle,
            at: now,
            table: None,
        };
        let mut written = step.pattern.write(&mut fields, &context)?;
        written.text.insert_str(0, &prefix);
        fields.is_empty().then_some(Line {
            keyword: step.keyword,
            written,
        })
    }
}

/// Fills in the fields around the event, and gives those of the event, and whether it is of no process.
fn around(record: &mut Record, fields: Fields) -> Result<(Value, bool), String> {
    let mut body = Fields::new();
    let mut lone = false;
    let small = |value: &Value, what: &str| {
        let number = value.as_i64().and_then(|number| u32::try_from(number).ok());
        number.ok_or_else(|| format!("{value} is no number of a {what}: expected 0 to {}", u32::MAX))
    };
    for (name, value) in fields {
        match name.as_str() {
            "^by" => record.by = value.as_str().map(str::to_owned),
            "^person" => record.person = true,
            "^thread" => record.thread = value.as_str().map(str::to_owned),
            "^call" => record.call = Some(small(&value, "call")?),
            "^pid" => record.pid = Some(small(&value, "process")?),
            "^lone" => lone = true,
            "^to" => record.to = value.as_i64(),
            "^pass" => {
                let at = record.at.checked_add(value.as_i64().unwrap_or(0));
                record.at = at.ok_or("expected a time that the clock can show")?;
            }
            _ => {
                body.insert(name, value);
            }
        }
    }
    Ok((Value::Object(body), lone))
}

/// Something that is done again and again.
struct Series {
    every: Millis,
    times: i64,
    more: i64,
}

/// The fewest times that are said in one step, and the most.
const LEAST_TIMES: usize = 3;
const MOST_TIMES: usize = 100_000;

impl Series {
    fn of(fields: &Fields) -> Option<Result<Self, String>> {
        let number = |name: &str| fields.get(name).and_then(Value::as_i64);
        let series = Self {
            every: number("^every")?,
            times: number("^times")?,
            more: number("^more")?,
        };
        let most = i64::try_from(MOST_TIMES).unwrap_or(i64::MAX);
        Some(match series.times {
            times if times < 1 || times > most => Err(format!("{times} times: expected 1 to {most}")),
            _ => Ok(series),
        })
    }
}

fn verdict(fields: &Fields) -> Result<Verdict, String> {
    let rule = || -> Result<Id, String> {
        let text = fields.get("rule").and_then(Value::as_str).unwrap_or_default();
        let id = text.parse::<Id>().map_err(|error| error.to_string())?;
        match bgspec_model::rules::find(id) {
            Some(_) => Ok(id),
            None => Err(format!("there is no rule {id}")),
        }
    };
    match fields.get("says").and_then(Value::as_str) {
        Some("conforms") => Ok(Verdict::Conforms),
        Some("inconclusive") => Ok(Verdict::Inconclusive),
        Some("advises") => rule().map(Verdict::Advises),
        says => {
            let party = fields.get("party").cloned().unwrap_or_default();
            let party = serde_json::from_value(party).map_err(|error| error.to_string())?;
            if says == Some("clears") {
                return Ok(Verdict::Clears(party));
            }
            rule().map(|rule| match says {
                None => Verdict::Blames(party, rule),
                Some(_) => Verdict::WouldBlame(party, rule),
            })
        }
    }
}

fn undefined(keyword: Keyword, body: &str, skipped: usize, furthest: Option<(&Step, Expected)>) -> Wrong {
    if let Some(other) = compound::keyword_of(body) {
        let what = format!("a {other:?} stands under {keyword:?}: `{body}`");
        return Wrong::at(skipped, what);
    }
    let near = nearest(keyword, body);
    if let Some((row, likeness)) = compound::nearest(keyword, body)
        && likeness > super::nearest::likeness(body, near.example)
    {
        let what = format!(
            "no such step: `{body}`; the nearest step is `{}`, such as `{}`",
            shown(row.text),
            row.example
        );
        return Wrong::at(skipped, what);
    }
    let meant = |step: &Step| match shown(step.text) {
        text if text == step.example => format!("the nearest step is `{text}`"),
        text => format!("the nearest step is `{text}`, such as `{}`", step.example),
    };
    // A step that went wrong near its end says where; one that went wrong at once is another step.
    match furthest {
        Some((step, expected)) if std::ptr::eq(step, near) || expected.at > body.len() / 2 => {
            let found = crate::lines::quote(body.get(expected.at..).unwrap_or_default());
            let found = found.replace("the end of the line", "the end of the step");
            let what = format!(
                "no such step: found {found}, expected {}; {}",
                expected.what,
                meant(step)
            );
            Wrong::at(skipped + expected.at, what)
        }
        _ => Wrong::at(skipped, format!("no such step: `{body}`; {}", meant(near))),
    }
}
