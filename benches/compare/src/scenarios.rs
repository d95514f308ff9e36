//! Feature files: ours reads and judges every scenario, cucumber runs their steps and does nothing in them.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

use bgspec_conformance::features::judge::Overlay;
use bgspec_conformance::features::model::Model;
use bgspec_conformance::features::run::{self, Cast, Implementation, Outcome};
use cucumber::writer::Stats as _;
use cucumber::{World, WriterExt as _, given, then, when, writer};

use crate::explore::ours;
use crate::machine::Since;
use crate::table::{Section, Tool};
use crate::{Figure, Measured, Quick, machine};

pub fn section() -> Section {
    Section {
        name: "scenarios",
        question: "Every feature file of this repository, from the files to the verdicts. Ours judges each scenario by the oracle; cucumber takes any step \
                   and does nothing in it. One core.",
        unit: "scenarios a second",
        more: true,
        reach: Some((1.0 / 1.5, &["cucumber"])),
        tools: vec![
            Tool {
                name: "bgspec",
                version: ours,
                measure: judged,
            },
            Tool {
                name: "cucumber",
                version: || machine::locked("cucumber"),
                measure: plain,
            },
        ],
    }
}

fn features(quick: Quick) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../features")
        .join(quick.or("registration", ""))
}

fn judged(quick: Quick) -> Measured {
    let since = Since::now();
    let (scripts, errors) = run::scripts(&run::files(&[features(quick)])?);
    if !errors.is_empty() {
        return Err(format!("{} files cannot be read", errors.len()).into());
    }
    let model = Implementation::new(Box::new(Model::default()), Cast::Own)?;
    let passes = |script: &&_| model.run(script, &Overlay::default()) == Outcome::Passed;
    let passed = scripts.iter().filter(passes).count();
    let value = passed as f64 / since.seconds();
    if passed != scripts.len() {
        return Err(format!("{passed} of {} scenarios pass", scripts.len()).into());
    }
    Ok(Figure {
        value,
        note: format!("{passed} scenarios, each judged"),
    })
}

#[derive(Debug, Default, World)]
struct Nothing;

static PLAYED: AtomicUsize = AtomicUsize::new(0);

#[given(regex = "^.*$")]
#[when(regex = "^.*$")]
#[then(regex = "^.*$")]
async fn any_step(_: &mut Nothing) {}

fn plain(quick: Quick) -> Measured {
    let since = Since::now();
    let run = Nothing::cucumber()
        .with_writer(writer::Basic::new(std::io::sink(), writer::Coloring::Never, 0).summarized())
        .with_default_cli()
        .after(|_, _, _, _, _| {
            PLAYED.fetch_add(1, Ordering::Relaxed);
            Box::pin(std::future::ready(()))
        })
        .run(features(quick));
    let runtime = tokio::runtime::Builder::new_current_thread().build()?;
    let written = runtime.block_on(run);
    let took = since.seconds();
    let scenarios = PLAYED.load(Ordering::Relaxed);
    if scenarios == 0 || written.failed_steps() > 0 {
        return Err("cucumber passed no scenario".into());
    }
    Ok(Figure {
        value: scenarios as f64 / took,
        note: format!("{scenarios} scenarios, {} steps", written.passed_steps()),
    })
}
