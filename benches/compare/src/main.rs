//! Runs ours and each peer on the same questions, and writes one table.
//!
//! Each figure is measured in a process of its own, one after another, with a limit of memory and of time; so no tool
//! disturbs the next, and one that eats the machine is a row that says so. Peers of Python, of JavaScript, SPIN and jq are
//! installed where they are not there, and skipped with a message where they cannot be.
//!
//! `compare` writes `benches/COMPARISON.md`; `compare SECTION …` puts those sections in it anew. `compare --quick` asks small
//! questions and writes nothing: whether everything works, not how fast it is.

mod explore;
mod histories;
mod machine;
mod outside;
mod read;
mod scenarios;
mod schedules;
mod shrink;
mod steps;
mod table;

use std::error::Error;
use std::process::ExitCode;

use table::{Section, Tool};

/// What a tool's run came to.
pub struct Figure {
    /// In the unit of its section.
    pub value: f64,
    /// What else it said.
    pub note: String,
}

/// What goes wrong says why.
pub type Measured = Result<Figure, Box<dyn Error>>;

/// Whether small questions are asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Quick(pub bool);

impl Quick {
    /// The one or the other size.
    pub fn or<T>(self, quick: T, whole: T) -> T {
        if self.0 { quick } else { whole }
    }
}

/// Everything that is compared, ours first in each section.
fn sections() -> Vec<Section> {
    vec![
        explore::workload(),
        explore::rules(),
        steps::section(),
        shrink::section(),
        histories::section(),
        schedules::section(),
        scenarios::section(),
        read::section(),
    ]
}

fn find<'a>(sections: &'a [Section], section: &str, tool: &str) -> Option<&'a Tool> {
    let section = sections.iter().find(|other| other.name == section)?;
    section.tools.iter().find(|other| other.name == tool)
}

fn main() -> ExitCode {
    let mut arguments: Vec<String> = std::env::args().skip(1).collect();
    let quick = Quick(arguments.iter().any(|argument| argument == "--quick"));
    arguments.retain(|argument| argument != "--quick");
    let sections = sections();
    if let [word, section, tool] = arguments.as_slice()
        && word == "--measure"
    {
        let Some(tool) = find(&sections, section, tool) else {
            eprintln!("there is no {section} {tool}");
            return ExitCode::from(2);
        };
        return match (tool.measure)(quick) {
            Ok(figure) => {
                println!("{}\t{}", figure.value, figure.note);
                ExitCode::SUCCESS
            }
            Err(error) => {
                eprintln!("{error}");
                ExitCode::FAILURE
            }
        };
    }
    if let Some(unknown) = arguments
        .iter()
        .find(|name| !sections.iter().any(|section| section.name == **name))
    {
        let names: Vec<&str> = sections.iter().map(|section| section.name).collect();
        eprintln!("there is no section {unknown:?}: expected {}", names.join(", "));
        return ExitCode::from(2);
    }
    match table::run(&sections, &arguments, quick) {
        Ok(complete) if complete => ExitCode::SUCCESS,
        Ok(_) => {
            eprintln!("one of ours gave no figure: nothing was written");
            ExitCode::FAILURE
        }
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}
