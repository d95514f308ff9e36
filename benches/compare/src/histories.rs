//! Whether histories of overlapping calls are linearizable: ours, todc-utils, and stateright's tester.

use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use bgspec_benches::etcd::{self, Call, Log, Register};
use bgspec_model::engine::histories::{Linearizable, linearizable};
use bgspec_model::engine::plain::Line;
use stateright::semantics::{ConsistencyTester, LinearizabilityTester, SequentialSpec};
use todc_utils::linearizability::WGLChecker;
use todc_utils::specifications::etcd::{EtcdSpecification, history_from_log};

use crate::explore::ours;
use crate::table::{Section, Tool};
use crate::{Figure, Measured, Quick, machine};

pub fn section() -> Section {
    Section {
        name: "histories",
        question: "102 histories of etcd as Jepsen recorded them, which todc-utils ships: is each linearizable? The logs are read before; \
                   every verdict is compared with the one that is known. The least of five rounds, or one round of more than two seconds.",
        unit: "milliseconds for all",
        more: false,
        reach: Some((2.0, &["todc-utils"])),
        tools: vec![
            Tool {
                name: "bgspec",
                version: ours,
                measure: engine,
            },
            Tool {
                name: "todc-utils",
                version: || machine::locked("todc-utils"),
                measure: todc,
            },
            Tool {
                name: "stateright",
                version: || machine::locked("stateright"),
                measure: tester,
            },
        ],
    }
}

fn logs(quick: Quick) -> Result<Vec<Log>, String> {
    let mut logs = etcd::logs()?;
    logs.truncate(quick.or(10, 102));
    Ok(logs)
}

/// The least of five rounds, or of fewer long ones, in milliseconds.
fn rounds(mut round: impl FnMut() -> Duration) -> f64 {
    let mut least = f64::INFINITY;
    for _ in 0..5 {
        let took = round().as_secs_f64();
        least = least.min(took * 1000.0);
        if took > 2.0 {
            break;
        }
    }
    least
}

fn wrong(log: &Log) -> String {
    format!("another verdict on {}", log.file.display())
}

/// The time of a tool that decides every log, or where it differs.
fn all_decided(value: f64, logs: usize, error: Option<String>) -> Measured {
    let note = format!("{logs} of {logs} decided");
    error.map_or_else(|| Ok(Figure { value, note }), |error| Err(error.into()))
}

fn engine(quick: Quick) -> Measured {
    let logs = logs(quick)?;
    let histories: Vec<Vec<Line<Call>>> = logs.iter().map(Log::history).collect::<Result<_, _>>()?;
    let mut error = None;
    let value = rounds(|| {
        let since = Instant::now();
        for (log, history) in logs.iter().zip(&histories) {
            let verdict = linearizable(&Register, None, history, |_| true);
            if verdict.map(|verdict| verdict == Linearizable::Yes) != Ok(log.linearizable) {
                error = Some(wrong(log));
            }
        }
        since.elapsed()
    });
    all_decided(value, logs.len(), error)
}

fn todc(quick: Quick) -> Measured {
    let logs = logs(quick)?;
    let mut error = None;
    let value = rounds(|| {
        let histories: Vec<_> = logs
            .iter()
            .map(|log| history_from_log(log.file.display().to_string()))
            .collect();
        let since = Instant::now();
        for (log, history) in logs.iter().zip(histories) {
            if WGLChecker::<EtcdSpecification>::is_linearizable(history) != log.linearizable {
                error = Some(wrong(log));
            }
        }
        since.elapsed()
    });
    all_decided(value, logs.len(), error)
}

/// The register of etcd as stateright takes it: an operation is the call with what it answered, which it has to give.
#[derive(Clone)]
struct Sequential(Option<u32>);

impl SequentialSpec for Sequential {
    type Op = Call;
    type Ret = bool;

    fn invoke(&mut self, call: &Call) -> bool {
        use bgspec_model::engine::Specification as _;
        let before = self.0;
        let mut fits = false;
        Register.follow(&before, call, |next| {
            self.0 = next;
            fits = true;
        });
        fits
    }

    fn is_valid_step(&mut self, call: &Call, _: &bool) -> bool {
        self.invoke(call)
    }
}

/// It knows no way to give up, so each log gets a process and a second.
fn tester(quick: Quick) -> Measured {
    const SECOND: Duration = Duration::from_secs(1);
    if let Ok(number) = std::env::var("COMPARE_LOG") {
        return test(number.parse()?);
    }
    let logs = logs(quick)?;
    let (mut value, mut decided) = (0.0, 0);
    for (number, log) in logs.iter().enumerate() {
        let mut command = Command::new("timeout");
        command.arg(SECOND.as_secs().to_string()).arg(std::env::current_exe()?);
        command
            .args(["--measure", "histories", "stateright"])
            .env("COMPARE_LOG", number.to_string());
        let output = command.stdin(Stdio::null()).output()?;
        let said = String::from_utf8_lossy(&output.stdout);
        match said.split_once('\t') {
            Some((took, verdict)) => {
                value += took.parse::<f64>()?;
                decided += 1;
                if verdict.trim() != log.linearizable.to_string() {
                    return Err(wrong(log).into());
                }
            }
            None => value += SECOND.as_secs_f64() * 1000.0,
        }
    }
    Ok(Figure {
        value,
        note: format!("{decided} of {} decided within a second each", logs.len()),
    })
}

fn test(number: usize) -> Measured {
    let logs = etcd::logs()?;
    let log = logs.get(number).ok_or("there is no such log")?;
    let history = log.history()?;
    let since = Instant::now();
    let mut tester = LinearizabilityTester::new(Sequential(None));
    // A client whose call is never answered goes on as another, so each call may be a thread's only one; as few threads
    // as there can be are kinder to the tester.
    let mut free: Vec<u32> = Vec::new();
    let mut threads = 0;
    let mut of_call = std::collections::BTreeMap::new();
    for line in &history {
        match line {
            Line::Begin(call, event) => {
                let thread = free.pop().unwrap_or_else(|| {
                    threads += 1;
                    threads
                });
                of_call.insert(*call, thread);
                tester.on_invoke(thread, *event)?;
            }
            Line::End(call) => {
                let thread = of_call.remove(call).ok_or("a call ends that is not open")?;
                tester.on_return(thread, true)?;
                free.push(thread);
            }
            Line::Event(_) | Line::Gone(_) => return Err("no log has that".into()),
        }
    }
    let verdict = tester.is_consistent();
    Ok(Figure {
        value: since.elapsed().as_secs_f64() * 1000.0,
        note: verdict.to_string(),
    })
}
