//! Sections, their tools, and the table that is made of them.

use std::error::Error;
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::{Measured, Quick, machine};

/// A question, and the tools that are asked.
pub struct Section {
    /// Its word on the command line.
    pub name: &'static str,
    /// What is asked, a sentence or two.
    pub question: &'static str,
    /// What the figure counts.
    pub unit: &'static str,
    /// Whether more is better.
    pub more: bool,
    /// What was aimed at, over the best of these peers, as a factor; none where none of the tools is ours.
    pub reach: Option<(f64, &'static [&'static str])>,
    /// Ours first.
    pub tools: Vec<Tool>,
}

/// A tool with its way to answer.
pub struct Tool {
    /// Its name.
    pub name: &'static str,
    /// Its version, as it says itself or as it is locked.
    pub version: fn() -> String,
    /// Answers.
    pub measure: fn(Quick) -> Measured,
}

/// More memory than this, in kilobytes, no tool gets.
const MEMORY: u64 = 6 * 1024 * 1024;
/// And no more time, in seconds.
const TIME: u64 = 900;

struct Row {
    tool: &'static str,
    version: String,
    measured: Result<(f64, String), String>,
    command: String,
}

/// Measures these sections, or all of them, and writes them into the page, unless one of ours gave no figure: that is false.
pub fn run(sections: &[Section], only: &[String], quick: Quick) -> Result<bool, Box<dyn Error>> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../COMPARISON.md");
    let mut page = if only.is_empty() {
        machine::head()
    } else {
        std::fs::read_to_string(&path).unwrap_or_else(|_| machine::head())
    };
    let mut complete = true;
    let mut out = std::io::stdout();
    for section in sections {
        if !only.is_empty() && !only.iter().any(|name| name == section.name) {
            continue;
        }
        let mut rows = Vec::new();
        for tool in &section.tools {
            eprintln!("{}: {}", section.name, tool.name);
            rows.push(measure(section, tool, quick)?);
        }
        complete &= rows.first().is_some_and(|ours| ours.measured.is_ok());
        let part = shown(section, &rows);
        out.write_all(part.as_bytes())?;
        put(&mut page, section.name, &part);
    }
    if !quick.0 && complete {
        std::fs::write(&path, page)?;
    }
    Ok(complete)
}

/// Puts a section where it stands in the page, or at its end.
fn put(page: &mut String, name: &str, part: &str) {
    let head = format!("\n## {name}\n");
    let Some(start) = page.find(&head) else {
        page.push_str(part);
        return;
    };
    let next = page[start + head.len()..].find("\n## ");
    let end = next.map_or(page.len(), |next| start + head.len() + next);
    page.replace_range(start..end, part);
}

fn measure(section: &Section, tool: &Tool, quick: Quick) -> Result<Row, Box<dyn Error>> {
    let limited = format!("ulimit -v {MEMORY}; exec timeout {TIME} \"$@\"");
    let mut command = Command::new("bash");
    command.args(["-c", &limited, "compare"]).arg(std::env::current_exe()?);
    command.args(["--measure", section.name, tool.name]);
    if quick.0 {
        command.arg("--quick");
    }
    let output = command.stdin(Stdio::null()).stderr(Stdio::piped()).output()?;
    let said = String::from_utf8_lossy(&output.stdout);
    let last = said.lines().next_back().and_then(|line| {
        let (value, note) = line.split_once('\t')?;
        Some((value.parse().ok()?, note.to_owned()))
    });
    let measured = match (output.status.code(), last) {
        (Some(0), Some(figure)) => Ok(figure),
        (Some(124), _) => Err(format!("not within {TIME} s")),
        _ => {
            let errors = String::from_utf8_lossy(&output.stderr);
            let last = errors
                .lines()
                .rfind(|line| !line.trim().is_empty())
                .unwrap_or("it says nothing");
            Err(if errors.contains("memory allocation of") {
                format!("more than {} GB of memory", MEMORY / 1024 / 1024)
            } else {
                last.chars().take(160).collect()
            })
        }
    };
    Ok(Row {
        tool: tool.name,
        version: (tool.version)(),
        measured,
        command: format!("compare --measure {} {}", section.name, tool.name),
    })
}

/// A section as text.
fn shown(section: &Section, rows: &[Row]) -> String {
    let Section {
        name, question, unit, ..
    } = section;
    let mut text =
        format!("\n## {name}\n\n{question}\n\n| tool | {unit} | to ours | | command |\n|---|---|---|---|---|\n");
    let ours = rows
        .first()
        .and_then(|row| row.measured.as_ref().ok())
        .map(|(value, _)| *value);
    for row in rows {
        let (value, ratio, note) = match &row.measured {
            Ok((value, note)) => {
                let ratio = ours.map(|ours| format!("{:.2}", value / ours)).unwrap_or_default();
                (number(*value), ratio, note.clone())
            }
            Err(why) => ("none".to_owned(), String::new(), why.replace('|', "/")),
        };
        let Row {
            tool, version, command, ..
        } = row;
        let _ = writeln!(text, "| {tool} {version} | {value} | {ratio} | {note} | `{command}` |");
    }
    if let Some(sentence) = section.reach.and_then(|reach| sentence(section, reach, rows)) {
        let _ = write!(text, "\n{sentence}\n");
    }
    text
}

/// How ours stands to the best peer.
fn sentence(section: &Section, (reach, names): (f64, &[&str]), rows: &[Row]) -> Option<String> {
    let (_, peers) = rows.split_first()?;
    let value = |row: &Row| row.measured.as_ref().ok().map(|(value, _)| *value);
    let ours = value(rows.first()?)?;
    let counts = |row: &&Row| names.contains(&row.tool);
    let measured = peers
        .iter()
        .filter(counts)
        .filter_map(|row| Some((row.tool, value(row)?)));
    let better = |one: f64, other: f64| if section.more { one / other } else { other / one };
    let (peer, best) = measured.max_by(|one, other| better(one.1, other.1).total_cmp(&1.0))?;
    let times = better(ours, best);
    let mut text = if times >= 1.0 {
        format!("Ours is ahead of {peer} by a factor of {times:.2}.")
    } else {
        format!("**{peer} is ahead** of ours by a factor of {:.2}.", 1.0 / times)
    };
    let met = if times >= reach { "reached" } else { "not reached" };
    let _ = write!(text, " Aimed at: {reach:.2}; {met}.");
    Some(text)
}

/// Three digits that count, with commas.
fn number(value: f64) -> String {
    if value < 100.0 {
        return format!("{value:.3}");
    }
    let digits = format!("{value:.0}");
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}
