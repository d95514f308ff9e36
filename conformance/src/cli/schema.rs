//! `bgspec schema`: JSON Schema of what bgspec reads and writes.

use std::io::{self, Write};

use crate::exit::Exit;
use crate::schema;

/// Print the JSON Schema of the trace, the protocol, the report, the run, the datasheet or the explanation
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Args {
    /// Of what: one line of a trace, one line of the adapter protocol, or what `check`, `test`,
    /// `datasheet` or `explain --format json` prints
    #[arg(value_enum)]
    of: Name,
}

#[derive(Debug, Clone, Copy, clap::ValueEnum)]
enum Name {
    Trace,
    Protocol,
    Report,
    Run,
    Datasheet,
    Explanation,
}

const EXAMPLES: &str = "\
Examples:
  bgspec schema trace > trace.json
  bgspec schema protocol";

/// Prints a schema.
pub(super) fn run(args: &Args) -> io::Result<Exit> {
    let schema = match args.of {
        Name::Trace => schema::trace(),
        Name::Protocol => schema::protocol(),
        Name::Report => schema::report(),
        Name::Run => schema::run(),
        Name::Datasheet => schema::datasheet(),
        Name::Explanation => schema::explanation(),
    };
    let mut out = io::stdout().lock();
    out.write_all(schema::text(&schema).as_bytes())?;
    out.flush()?;
    Ok(Exit::Conforms)
}
