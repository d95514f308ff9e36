//! The feature files under cucumber itself: its parser, its outlines, its runner. Every step must be one of the
//! language, and every scenario must get the verdict that it states.

#![expect(clippy::unwrap_used, reason = "a test fails where anything is missing")]

use std::path::Path;
use std::process::ExitCode;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

use bgspec_conformance::features::file::{File, Scenario, Step};
use bgspec_conformance::features::judge::Overlay;
use bgspec_conformance::features::language::steps::Keyword;
use bgspec_conformance::features::run::{self, Cast, Implementation, Outcome};
use bgspec_conformance::features::script;
use bgspec_conformance::reference::InProcess;
use cucumber::gherkin::{self, StepType};
use cucumber::writer::Stats;
use cucumber::{World, WriterExt as _, given, then, when, writer};

/// The steps of one scenario as cucumber brings them.
#[derive(Debug, Default, World)]
struct Told {
    steps: Vec<Step>,
}

static COMPLAINTS: Mutex<Vec<String>> = Mutex::new(Vec::new());
static JUDGED: AtomicUsize = AtomicUsize::new(0);

#[given(regex = "^.*$")]
#[when(regex = "^.*$")]
#[then(regex = "^.*$")]
async fn any_step(world: &mut Told, step: &gherkin::Step) {
    world.steps.push(Step {
        keyword: match step.ty {
            StepType::Given => Keyword::Given,
            StepType::When => Keyword::When,
            StepType::Then => Keyword::Then,
        },
        text: step.value.trim_end().to_owned(),
        table: step.table.as_ref().map(|table| table.rows.clone()),
        in_background: false,
        compound: None,
        line: step.position.line,
        column: step.position.col,
        cells: Vec::new(),
    });
}

/// Judges a scenario when all its steps are there.
fn judge(feature: &gherkin::Feature, scenario: &gherkin::Scenario, world: &Told) -> Result<(), String> {
    let path = feature
        .path
        .as_ref()
        .map_or_else(String::new, |path| path.display().to_string());
    JUDGED.fetch_add(1, Ordering::Relaxed);
    let file = File {
        path,
        name: feature.name.clone(),
        scenarios: Vec::new(),
    };
    let scenario = Scenario {
        name: scenario.name.clone(),
        tags: feature.tags.iter().chain(&scenario.tags).cloned().collect(),
        description: None,
        line: scenario.position.line,
        row: scenario.position.line,
        // What stands before it is of the Background.
        steps: world
            .steps
            .iter()
            .map(|step| Step {
                in_background: step.line < scenario.position.line,
                ..step.clone()
            })
            .collect(),
    };
    let script = script::read(&file, &scenario, true).map_err(|errors| format!("{errors:?}"))?;
    let reference =
        Implementation::new(Box::new(InProcess::new()), Cast::Own).map_err(|failure| failure.to_string())?;
    match reference.run(&script, &Overlay::default()) {
        Outcome::Passed => Ok(()),
        other => Err(format!("{}:{}: {}: {other:?}", script.file, script.line, script.name)),
    }
}

fn main() -> ExitCode {
    // The arguments are those of cargo test, and a writer replaces whatever was set before it.
    let features = Path::new(env!("CARGO_MANIFEST_DIR")).join("../features");
    let run = Told::cucumber()
        .with_writer(writer::Basic::new(std::io::sink(), writer::Coloring::Never, 0).summarized())
        .fail_on_skipped()
        .with_default_cli()
        .after(|feature, _, scenario, _, world| {
            if let Some(world) = world
                && let Err(complaint) = judge(feature, scenario, world)
            {
                COMPLAINTS
                    .lock()
                    .unwrap_or_else(PoisonError::into_inner)
                    .push(complaint);
            }
            Box::pin(std::future::ready(()))
        })
        .run(features.clone());
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let writer = runtime.block_on(run);
    let complaints = COMPLAINTS.lock().unwrap_or_else(PoisonError::into_inner);
    let judged = JUDGED.load(Ordering::Relaxed);
    let written = run::scripts(&run::files(&[features]).unwrap()).0.len();
    println!(
        "cucumber: {judged} of {written} scenarios judged, {} steps passed, {} skipped, {} failed, {} files that cannot be read, {} scenarios of another verdict",
        writer.passed_steps(),
        writer.skipped_steps(),
        writer.failed_steps(),
        writer.parsing_errors(),
        complaints.len(),
    );
    for complaint in complaints.iter() {
        println!("{complaint}");
    }
    if writer.execution_has_failed() || judged == 0 || judged != written || !complaints.is_empty() {
        ExitCode::FAILURE
    } else {
        ExitCode::SUCCESS
    }
}
