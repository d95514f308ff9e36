//! `bgspec smoke`: does an adapter speak the protocol? A short session, told step by step, in two seconds.
//!
//! It asks for what every app does: opens the app, registers, submits, lists, cancels, lets time pass, grants a launch.
//! What goes wrong in speaking is told with a right reply of that sort; what the rules say of the answers is told
//! besides, and judged by `bgspec test` alone.

use std::io::{self, Write};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use bgspec_model::oracle::Terms;
use bgspec_model::rule::Party;
use bgspec_model::vocabulary::*;

use crate::exit::Exit;
use crate::interrupt::Interrupt;
use crate::play::action::{Action, Listed, Source};
use crate::play::adapter::{Adapter, Applied, Failure, Hello};
use crate::play::protocol;
use crate::play::runner::{self, Trouble, header_for};
use crate::play::subprocess::{Options, Subprocess};
use crate::play::world::World;
use crate::text::{clip, wrap};

/// Say whether an adapter speaks the protocol, in two seconds, and what a right reply is where it does not
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Args {
    /// The implementation: a command that speaks the adapter protocol
    #[arg(long, value_name = "CMD …")]
    adapter: String,
    /// How long an answer may take, and after how long no further one is asked for: twice this in all
    #[arg(long, value_name = "TIME", value_parser = super::test::duration, default_value = "1s")]
    timeout: Duration,
    /// The version of iOS
    #[arg(long, value_name = "VERSION", default_value = "26.1")]
    os: Version,
}

const EXAMPLES: &str = "\
Examples:
  bgspec smoke --adapter 'python3 adapter.py'
  bgspec smoke --adapter 'node adapter.js' --os 18

Whether its answers are right is what `bgspec test` says. The protocol is in PROTOCOL.md.
Exit codes: 0 it speaks the protocol; 2 wrong usage; 3 it does not, or failed; 130 Ctrl-C.";

/// Plays the session.
pub(super) fn run(args: &Args) -> io::Result<Exit> {
    let options = Options {
        timeout: args.timeout,
        interrupt: Interrupt::on_ctrl_c()?,
    };
    let began = Instant::now();
    let adapter = match Subprocess::with(&args.adapter, options) {
        Ok(adapter) => Overheard::new(adapter, began + args.timeout),
        Err(failure) => return failed(&failure, &[]),
    };
    let hello = match adapter.hello() {
        Ok(hello) => hello,
        Err(failure) => return failed(&failure, &adapter.trail().wire),
    };
    let kind = *hello
        .kinds
        .iter()
        .min_by_key(|kind| **kind == Kind::Continued)
        .unwrap_or(&Kind::Refresh);
    let header = header_for(&ordinary(args.os), &hello);
    let actions = session(kind);
    let played = match runner::play(
        &adapter,
        &hello,
        &header,
        &Terms::default(),
        &mut InTime(Listed::new(&actions), &adapter),
    ) {
        Ok(played) => played,
        Err(malformed) => {
            anstream::eprintln!("error: {malformed}");
            return Ok(Exit::Unusable);
        }
    };
    let mut out = anstream::stdout().lock();
    for line in adapter.heard() {
        writeln!(out, "{line}")?;
    }
    out.flush()?;
    if let Some(trouble) = &played.trouble {
        anstream::eprintln!("\nerror: {}", clip_lines(&trouble.to_string()));
        for line in last(&adapter.trail().wire) {
            anstream::eprintln!("  {}", clip(line, 160));
        }
        teach(trouble);
        return Ok(if played.is_interrupted() {
            Exit::Interrupted
        } else {
            Exit::AdapterFailed
        });
    }
    if let Err(failure) = adapter.end() {
        return failed(&failure, &[]);
    }
    if adapter.is_late() {
        writeln!(
            out,
            "\nIt speaks the protocol, slowly: the session was broken off when --timeout was over."
        )?;
    } else {
        writeln!(out, "\nIt speaks the protocol.")?;
    }
    let mut broken: Vec<_> = played
        .report
        .findings
        .iter()
        .filter(|finding| finding.party == Party::Scheduler)
        .flat_map(|finding| finding.rules.iter().map(move |rule| (rule.id, finding)))
        .collect();
    broken.dedup_by_key(|(rule, _)| *rule);
    for (rule, finding) in broken {
        let text = format!("{rule} at line {}: {}", finding.event, finding.what);
        for (n, line) in wrap(&clip(&text, 400), 90).iter().enumerate() {
            writeln!(out, "{}{line}", if n == 0 { "  it breaks " } else { "    " })?;
        }
    }
    writeln!(
        out,
        "Next: bgspec test --adapter '{}' --os {} --cases 100",
        clip(&args.adapter, 200),
        args.os
    )?;
    out.flush()?;
    Ok(Exit::Conforms)
}

/// Every right reply at once: who is wrong about one is wrong about others.
fn teach(trouble: &Trouble) {
    let wrong = |failure: &Failure| matches!(failure, Failure::Nonsense { .. });
    if matches!(trouble, Trouble::Adapter { failure, .. } if wrong(failure)) {
        anstream::eprintln!("\nRight replies, by what is asked:");
        for (asked, reply) in protocol::right_replies() {
            let mut asked = wrap(&asked, 24).into_iter();
            anstream::eprintln!("  {:<24}  {reply}", asked.next().unwrap_or_default());
            asked.for_each(|rest| anstream::eprintln!("  {rest}"));
        }
    }
    anstream::eprintln!("PROTOCOL.md has a session, line by line, and every input with its answer.");
}

fn failed(failure: &Failure, wire: &[String]) -> io::Result<Exit> {
    anstream::eprintln!("error: {}", clip_lines(&failure.to_string()));
    for line in last(wire) {
        anstream::eprintln!("  {}", clip(line, 160));
    }
    if !wire.is_empty() {
        teach(&Trouble::Adapter {
            failure: failure.clone(),
            event: 0,
        });
    }
    Ok(match failure {
        Failure::Interrupted { .. } => Exit::Interrupted,
        _ => Exit::AdapterFailed,
    })
}

/// Each line escaped and cut.
fn clip_lines(text: &str) -> String {
    text.lines()
        .map(|line| clip(line, 1_000))
        .collect::<Vec<_>>()
        .join("\n")
}

fn last(wire: &[String]) -> &[String] {
    &wire[wire.len().saturating_sub(4)..]
}

const ID: &str = "com.example.app.sync";

/// An app that may do what it does here.
fn ordinary(os: Version) -> Header {
    let mut header = Header::new(os, "com.example.app");
    header.permitted = Permitted::List(vec![ID.to_owned()]);
    header.modes = vec!["fetch".to_owned(), "processing".to_owned()];
    header
}

/// What the app, the person and the device do.
fn session(kind: Kind) -> Vec<Action> {
    let id = || Identifier::from(ID);
    let submit = || Action::from(Event::Submit(Submit::of(Request::new(id(), kind))));
    let listed = || Action::from(Event::Pending(Pending { answer: None }));
    let of = || OfIdentifier { id: id() };
    vec![
        Event::Started(Started { by: Starter::Person }).into(),
        Event::Register(Register {
            id: id(),
            queue: None,
            through: None,
            answer: None,
        })
        .into(),
        Event::LaunchFinished(Empty {}).into(),
        submit(),
        listed(),
        Event::Cancel(of()).into(),
        listed(),
        submit(),
        Event::Background(Empty {}).into(),
        Action::Wait(60_000),
        Event::Grant(of()).into(),
        Action::Wait(1_000),
        Event::Complete(Complete {
            task: TaskName::new(id(), 1),
            success: true,
        })
        .into(),
        Event::CancelAll(Empty {}).into(),
    ]
}

/// Actions for as long as the session has time.
struct InTime<'a>(Listed<'a>, &'a Overheard);

impl Source for InTime<'_> {
    fn next(&mut self, world: &World) -> Option<Action> {
        if self.1.is_late() { None } else { self.0.next(world) }
    }
}

/// An adapter, and what was heard of it.
struct Overheard {
    inner: Subprocess,
    /// When the session is broken off.
    until: Instant,
    heard: Mutex<Vec<String>>,
}

impl Overheard {
    fn new(inner: Subprocess, until: Instant) -> Self {
        let heard = Mutex::new(Vec::new());
        Self { inner, until, heard }
    }

    /// Whether the session's time is over: an answer that is waited for then still has its own.
    fn is_late(&self) -> bool {
        Instant::now() > self.until
    }

    fn heard(&self) -> Vec<String> {
        std::mem::take(&mut self.heard.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn note(&self, asked: &str, said: &str) {
        let line = format!("  {asked:<22} {}", clip(said, 76));
        let mut heard = self.heard.lock().unwrap_or_else(PoisonError::into_inner);
        heard.push(line.trim_end().to_owned());
    }
}

impl Adapter for Overheard {
    fn hello(&self) -> Result<Hello, Failure> {
        let hello = self.inner.hello()?;
        let kinds: Vec<_> = hello.kinds.iter().map(ToString::to_string).collect();
        let areas: Vec<_> = hello.areas.iter().map(ToString::to_string).collect();
        self.note("hello", &format!("{} {}", hello.name, hello.version));
        self.note("", &format!("kinds {}", kinds.join(" ")));
        self.note("", &format!("areas {}", areas.join(" ")));
        if !hello.unmodelled.is_empty() {
            self.note("", &format!("unmodelled {}", hello.unmodelled.join(" ")));
        }
        self.note("", &format!("observes {}", hello.observes.join(" ")));
        Ok(hello)
    }

    fn reset(&self, header: &Header) -> Result<(), Failure> {
        self.inner.reset(header)?;
        self.note("reset", "done");
        Ok(())
    }

    fn apply(&self, input: &Record) -> Result<Applied, Failure> {
        let applied = self.inner.apply(input)?;
        let answer = applied
            .answer
            .as_ref()
            .and_then(|answer| serde_json::to_string(answer).ok());
        let observed: Vec<_> = applied
            .observed
            .iter()
            .filter_map(|record| record.event.as_ref())
            .map(Event::name)
            .collect();
        let mut said: Vec<String> = answer.into_iter().collect();
        said.extend(applied.reached.map(|reached| format!("reached {reached}")));
        if !observed.is_empty() {
            said.push(format!("observed {}", observed.join(", ")));
        }
        let name = input.event.as_ref().map_or("nothing", Event::name);
        self.note(&format!("apply {name}"), &said.join("; "));
        Ok(applied)
    }

    fn settle(&self) -> Result<(), Failure> {
        self.inner.settle()
    }

    fn end(&self) -> Result<(), Failure> {
        self.inner.end()
    }

    fn trail(&self) -> crate::play::adapter::Trail {
        self.inner.trail()
    }
}
