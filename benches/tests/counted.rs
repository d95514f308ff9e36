//! The cost of judging grows as the trace does: instructions, counted by valgrind, of a size, twice and four times it.
//!
//! Of a trace whose cost grows with its size alone, what the second half adds is twice what the first added. Counts are
//! the same from run to run, but for the seeds of hash tables.

use std::process::Command;

use bgspec_benches::growth::{GROWTHS, Growth};

/// Instructions of judging a trace of this size. None: there is no valgrind.
fn instructions(growth: &Growth, size: usize) -> Option<u64> {
    let size = size.to_string();
    let mut command = Command::new("valgrind");
    command.args(["--tool=cachegrind", "--cache-sim=no", "--cachegrind-out-file=/dev/null"]);
    command.args([env!("CARGO_BIN_EXE_counted"), growth.name, &size]);
    let output = match command.output() {
        Ok(output) => output,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return None,
        Err(error) => panic!("valgrind: {error}"),
    };
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{} of {size}:\n{said}", growth.name);
    let refs = said.lines().find_map(|line| {
        let (what, count) = line.rsplit_once(':')?;
        what.ends_with("refs").then(|| count.trim().replace(',', ""))
    });
    let Some(refs) = refs else {
        panic!("valgrind says nothing of instructions:\n{said}");
    };
    match refs.parse() {
        Ok(refs) => Some(refs),
        Err(error) => panic!("{refs:?}: {error}"),
    }
}

#[test]
fn twice_the_size_costs_twice_as_much() {
    let only = std::env::var("BGSPEC_COUNTED").unwrap_or_default();
    let mut faster = Vec::new();
    for growth in GROWTHS.iter().filter(|growth| growth.name.contains(&only)) {
        let sizes = [1, 2, 4].map(|times| growth.size * times);
        let counts = sizes.map(|size| instructions(growth, size));
        let [Some(one), Some(two), Some(four)] = counts else {
            assert!(
                std::env::var_os("BGSPEC_REQUIRE_ALL").is_none(),
                "valgrind is not installed, and BGSPEC_REQUIRE_ALL is set"
            );
            println!("SKIPPED: valgrind is not installed, so no instruction was counted");
            return;
        };
        let added = [two - one, four - two];
        let times = added[1] as f64 / added[0] as f64;
        println!(
            "{}: {sizes:?} take {one}, {two}, {four} instructions: {times:.2} times as much",
            growth.name
        );
        if times > growth.most {
            faster.push(format!("{}: {times:.2}, at most {}", growth.name, growth.most));
        }
    }
    assert!(faster.is_empty(), "a doubling costs too much: {faster:#?}");
}
