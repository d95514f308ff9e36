//! The head of the page: on which machine, and what is compared.

use std::process::Command;

/// The versions of what this was built with, from its lock file.
pub fn locked(package: &str) -> String {
    let lock = include_str!("../Cargo.lock");
    let name = format!("name = \"{package}\"");
    let mut lines = lock.lines().skip_while(|line| *line != name).skip(1);
    let version = lines.next().and_then(|line| line.strip_prefix("version = \""));
    version.map_or_else(String::new, |version| version.trim_end_matches('"').to_owned())
}

/// The first line that a command says, or nothing.
pub fn said(command: &str, arguments: &[&str]) -> String {
    let output = Command::new(command).args(arguments).output();
    let text = output
        .map(|output| String::from_utf8_lossy(&output.stdout).into_owned())
        .unwrap_or_default();
    text.lines().next().unwrap_or_default().trim().to_owned()
}

fn field(file: &str, name: &str) -> String {
    let text = std::fs::read_to_string(file).unwrap_or_default();
    let line = text.lines().find(|line| line.starts_with(name));
    line.and_then(|line| line.split_once([':', '=']))
        .map_or_else(String::new, |(_, value)| value.trim().trim_matches('"').to_owned())
}

/// What stands above the table.
pub fn head() -> String {
    let processors = std::thread::available_parallelism().map_or(0, usize::from);
    let model = field("/proc/cpuinfo", "model name");
    let memory: u64 = field("/proc/meminfo", "MemTotal")
        .trim_end_matches(" kB")
        .parse()
        .unwrap_or(0)
        / 1024
        / 1024;
    let system = field("/etc/os-release", "PRETTY_NAME");
    let rust = said("rustc", &["--version"]);
    let load = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
    let load = load.split(' ').next().unwrap_or_default();
    format!(
        "# Beside other tools

Written by one command, which installs the peers that it needs:

    CARGO_TARGET_DIR=target cargo run --release --manifest-path benches/compare/Cargo.toml

{processors} processors ({model}), {memory} GB, {system}, {rust}; load {load} at the end. Each figure is measured in a process of its own, one after
another, a section in one run; compare the ratios, not the times. Seconds are of processor time, started programs included, so that others on the machine disturb little;
histories alone, which take milliseconds, are timed by the clock. In the commands `compare` is what cargo built.
Nothing was written for a comparison but the forty lines of the *common workload* (`model/src/engine/workload.rs`, where its rules and
counts stand) and what each tool asks for to be called; ours are the engines that run the rules.
"
    )
}

/// Processor time from here on, of this process and of those that it waited for: on a machine that others use too it says more
/// than a clock on the wall.
#[derive(Debug, Clone, Copy)]
pub struct Since(f64);

impl Since {
    /// Begins.
    pub fn now() -> Self {
        Self(used())
    }

    /// Seconds since then, a hundredth at least: finer it is not counted.
    pub fn seconds(self) -> f64 {
        (used() - self.0).max(0.01)
    }
}

/// Hundredths of a second are what Linux counts in.
fn used() -> f64 {
    let text = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    // The name stands in brackets and may have spaces; the numbers begin behind it.
    let behind = text.rsplit_once(')').map_or("", |(_, rest)| rest);
    let ticks = behind.split_whitespace().skip(11).take(4);
    ticks.filter_map(|ticks| ticks.parse::<f64>().ok()).sum::<f64>() / 100.0
}

/// The most memory that this process has used.
pub fn peak() -> String {
    let kilobytes: f64 = field("/proc/self/status", "VmHWM")
        .trim_end_matches(" kB")
        .parse()
        .unwrap_or(0.0);
    format!("{:.0} MB", kilobytes / 1024.0)
}
