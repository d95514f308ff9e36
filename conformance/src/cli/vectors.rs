//! `bgspec vectors`: few traces that cover the rules, with what is allowed at each line, as files.

use std::io::{self, Write};
use std::path::PathBuf;

use crate::exit::Exit;
use crate::text::wrap;
use crate::vectors::{build, files};

/// Write few traces that cover every reachable rule and outcome, with the allowed answers, for who lacks this program
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Args {
    /// The directory; vectors of an older set are replaced, files of others are left alone
    #[arg(value_name = "DIR")]
    directory: PathBuf,
}

const EXAMPLES: &str = "\
Examples:
  bgspec vectors conformance/vectors
  python3 conformance/examples/vectors/consume.py conformance/vectors -- bgspec serve

Exit codes: 0 they are written; 2 the directory cannot be written, or holds a file of their name that is none.";

/// Makes the vectors and writes them.
pub(super) fn run(args: &Args) -> io::Result<Exit> {
    let refused = |error: files::NotWritten| {
        anstream::eprintln!("error: {error}");
        Ok(Exit::Unusable)
    };
    // Before the search, which takes its time.
    if let Err(error) = files::prepare(&args.directory) {
        return refused(error);
    }
    let set = build().map_err(io::Error::other)?;
    let written = match files::write(&set, &args.directory) {
        Ok(written) => written,
        Err(error) => return refused(error),
    };
    let mut out = anstream::stdout().lock();
    let lines: usize = set.vectors.iter().map(|vector| vector.lines.len()).sum();
    writeln!(
        out,
        "{} vectors with {lines} lines: {} rules and {} outcomes, all that {} candidates have",
        set.vectors.len(),
        set.index.rules.len(),
        set.index.outcomes.len(),
        set.index.candidates
    )?;
    told(&mut out, "how small", &set.index.method)?;
    for one in &set.index.unreachable {
        told(&mut out, &format!("not {}", one.rule), &one.why)?;
    }
    if !written.removed.is_empty() {
        told(&mut out, "removed", &written.removed.join(", "))?;
    }
    if !written.left.is_empty() {
        told(&mut out, "left alone", &written.left.join(", "))?;
    }
    out.flush()?;
    Ok(Exit::Conforms)
}

fn told(out: &mut impl Write, head: &str, text: &str) -> io::Result<()> {
    for (n, part) in wrap(text, 80).iter().enumerate() {
        writeln!(out, "    {:<12} {part}", if n == 0 { head } else { "" })?;
    }
    Ok(())
}
