//! Tools that are no crates: where they run, and how they come there.

use std::error::Error;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

type Done<T> = Result<T, Box<dyn Error>>;

/// A folder of its own for a tool, beside what cargo builds.
pub fn folder(name: &str) -> Done<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../target/compare")
        .join(name);
    std::fs::create_dir_all(&folder)?;
    Ok(folder.canonicalize()?)
}

/// Where what the peers are asked stands.
pub fn script(name: &str) -> String {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("peers")
        .join(name)
        .display()
        .to_string()
}

/// What a command says on its standard output.
pub fn output(folder: &Path, command: &str, arguments: &[&str]) -> Done<String> {
    let asked = Command::new(command)
        .args(arguments)
        .current_dir(folder)
        .stdin(Stdio::null())
        .output();
    let asked = asked.map_err(|error| format!("{command}: {error}"))?;
    if !asked.status.success() {
        let errors = String::from_utf8_lossy(&asked.stderr);
        let last = errors.lines().rfind(|line| !line.trim().is_empty()).unwrap_or_default();
        return Err(format!("{command}: {}: {last}", asked.status).into());
    }
    Ok(String::from_utf8_lossy(&asked.stdout).into_owned())
}

fn is_there(command: &str) -> bool {
    Command::new(command)
        .arg("--version")
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok()
}

/// A command of this package of the system.
pub fn apt(command: &str, package: &str) -> Done<()> {
    if is_there(command) {
        return Ok(());
    }
    let arguments = ["install", "-y", "-qq", "--no-install-recommends", package];
    output(Path::new("/"), "apt-get", &arguments)
        .map_err(|_| format!("SKIPPED: {command} is not there and could not be installed"))?;
    Ok(())
}

/// A Python with the packages of `requirements.txt`.
pub fn python() -> Done<String> {
    let folder = folder("python")?;
    let python = folder.join("bin/python").display().to_string();
    let skipped = |_| "SKIPPED: Python with its peers could not be installed";
    if !Path::new(&python).exists() {
        output(&folder, "python3", &["-m", "venv", "."]).map_err(skipped)?;
    }
    let requirements = script("requirements.txt");
    let install = [
        "-m",
        "pip",
        "install",
        "-q",
        "--disable-pip-version-check",
        "-r",
        &requirements,
    ];
    output(&folder, &python, &install).map_err(skipped)?;
    Ok(python)
}

/// A folder with the packages of `package.json`.
pub fn node() -> Done<PathBuf> {
    let folder = folder("node")?;
    for file in ["package.json", "package-lock.json"] {
        std::fs::copy(script(file), folder.join(file))?;
    }
    if !folder.join("node_modules/fast-check").exists() {
        output(&folder, "npm", &["ci", "--silent"])
            .map_err(|_| "SKIPPED: node with its peers could not be installed")?;
    }
    Ok(folder)
}
