//! How many scenarios a second are judged on one core, and how many feature files are read.
//!
//! The first is a promise: ten thousand simple scenarios a second, oracle attached.

use std::hint::black_box;
use std::path::{Path, PathBuf};

use bgspec_conformance::features::judge::Overlay;
use bgspec_conformance::features::model::Model;
use bgspec_conformance::features::run::{self, Cast, Implementation, Outcome};
use bgspec_conformance::features::script::Script;
use criterion::{Criterion, Throughput, criterion_group, criterion_main};

/// The feature files of a part.
fn files(part: &str) -> Vec<PathBuf> {
    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("../features").join(part);
    run::files(&[directory]).unwrap_or_default()
}

fn scripts(paths: &[PathBuf]) -> Vec<Script> {
    let (scripts, errors) = run::scripts(paths);
    assert!(errors.is_empty() && !scripts.is_empty(), "{errors:?}");
    scripts
}

fn judged(c: &mut Criterion) {
    let mut group = c.benchmark_group("scenarios");
    for part in ["registration", ""] {
        let scripts = scripts(&files(part));
        let Ok(model) = Implementation::new(Box::new(Model::default()), Cast::Own) else {
            return;
        };
        let count = || {
            let passes = |script: &&Script| model.run(script, &Overlay::default()) == Outcome::Passed;
            scripts.iter().filter(passes).count()
        };
        assert_eq!(count(), scripts.len(), "not every scenario of `{part}` passes");
        group.throughput(Throughput::Elements(scripts.len() as u64));
        let name = if part.is_empty() { "all" } else { part };
        group.bench_function(name, |b| b.iter(|| black_box(count())));
    }
    group.finish();
}

fn read(c: &mut Criterion) {
    let paths = files("");
    let mut group = c.benchmark_group("feature files");
    group.throughput(Throughput::Elements(paths.len() as u64));
    group.bench_function("read", |b| b.iter(|| black_box(scripts(&paths).len())));
    group.finish();
}

criterion_group!(benches, judged, read);
criterion_main!(benches);
