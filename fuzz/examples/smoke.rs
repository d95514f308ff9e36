//! Runs every target over its seeds, over the cases that were found once, and over a fixed number of changes of them.
//!
//! `smoke [TARGET] [--times N]`: one target alone; N times as many changes. An input that fails is kept, and named.

use std::collections::hash_map::DefaultHasher;
use std::error::Error;
use std::fs;
use std::hash::{Hash, Hasher};
use std::panic::catch_unwind;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use bgspec_fuzz::mutator::{Random, changed};
use bgspec_fuzz::{TARGETS, Target};

fn main() -> Result<ExitCode, Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let (mut only, mut times) = (None, 1);
    while let Some(argument) = arguments.next() {
        if argument == "--times" {
            times = arguments.next().ok_or("--times: expected a number")?.parse()?;
        } else {
            only = Some(argument);
        }
    }
    let chosen: Vec<_> = TARGETS
        .iter()
        .filter(|target| only.as_deref().is_none_or(|name| name == target.name))
        .collect();
    if chosen.is_empty() {
        let names: Vec<_> = TARGETS.iter().map(|target| target.name).collect();
        return Err(format!("no target {only:?}, expected one of {}", names.join(", ")).into());
    }
    let mut failed = false;
    for target in chosen {
        failed |= !run(target, times)?;
    }
    Ok(ExitCode::from(u8::from(failed)))
}

/// Whether nothing failed.
fn run(target: &Target, times: u64) -> Result<bool, Box<dyn Error>> {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let seeds = files(&here.join("seeds").join(target.name))?;
    if seeds.is_empty() {
        return Err(format!("{}: no seeds", target.name).into());
    }
    let mut random = Random::new(20);
    let inputs = target.inputs * times;
    let changes = (0..inputs).map(|_| changed(&seeds, &mut random));
    for bytes in seeds.iter().cloned().chain(changes) {
        if catch_unwind(|| (target.run)(&bytes)).is_err() {
            let mut hasher = DefaultHasher::new();
            bytes.hash(&mut hasher);
            let folder = here.join("artifacts").join(target.name);
            fs::create_dir_all(&folder)?;
            let path = folder.join(format!("{:016x}", hasher.finish()));
            fs::write(&path, &bytes)?;
            println!("{}: FAILED: {}", target.name, path.display());
            return Ok(false);
        }
    }
    println!("{}: {} seeds and {inputs} changes of them", target.name, seeds.len());
    Ok(true)
}

/// The contents of the files of a folder, by name.
fn files(folder: &Path) -> Result<Vec<Vec<u8>>, Box<dyn Error>> {
    let mut paths: Vec<PathBuf> = fs::read_dir(folder)
        .map_err(|error| format!("{}: {error}", folder.display()))?
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<Result<_, _>>()?;
    paths.sort();
    paths.iter().map(|path| Ok(fs::read(path)?)).collect()
}
