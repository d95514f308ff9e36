//! Judges one of the traces whose growth is watched: `counted NAME SIZE [FILE]`. With a file the trace is written there
//! and not judged. `tests/counted.rs` runs it under valgrind.

use std::error::Error;
use std::io::Write as _;

use bgspec_benches::growth::Growth;
use bgspec_model::report::Verdict;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [name, size, file @ ..] = arguments.as_slice() else {
        return Err("expected: counted NAME SIZE [FILE]".into());
    };
    let growth = Growth::find(name).ok_or_else(|| format!("no trace {name:?} grows"))?;
    let trace = growth.trace(size.parse()?);
    if let [file, ..] = file {
        std::fs::write(file, trace.file())?;
        return Ok(());
    }
    let report = trace.judge();
    let mut out = std::io::stdout();
    writeln!(out, "{} events, {} states", report.events, report.most_states)?;
    if report.verdict != Verdict::Conforms {
        return Err(format!("{name} of {size}: {:?} {:?}", report.findings, report.doubts).into());
    }
    Ok(())
}
