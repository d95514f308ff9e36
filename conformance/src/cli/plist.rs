//! `bgspec plist`: what an app's Info.plist, app.json or project.yml lets it register and submit.
//!
//! Here the files are asked about, and the forms for programs and other tools are made ([`super::annotations`]); for
//! people [`people`] writes three lines an identifier ([`short`]), or with `--all` every call in every version ([`table`]).

mod people;
mod short;
mod table;
mod words;

use std::io::{self, Write};
use std::path::Path;

use bgspec_model::profile::Named;
use bgspec_model::vocabulary::{Platform, Version};
use clap::ValueEnum;

use super::annotations::{self, Form};
use crate::annotate::{Annotation, Level, Sort};
use crate::exit::Exit;
use crate::info_plist::files::{self, Kind, Unreadable, What};
use crate::info_plist::findings::{Finding, Weight};
use crate::info_plist::json::{Json, JsonFile};
use crate::info_plist::subject::{self, Given, Listed, PERMITTED, Subject};
use crate::info_plist::variables::Variables;
use crate::info_plist::{Studied, Versions, folder, study, xcconfig};

/// Say what an app's Info.plist lets it register and submit, in which version, and what is missing
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Args {
    /// Info.plist (XML or binary), Expo's app.json, XcodeGen's project.yml, or folders with such files; `-` is
    /// standard input
    #[arg(required = true, value_name = "FILE")]
    files: Vec<String>,
    /// The app's entitlements; left out, what hangs on them is said
    #[arg(long, value_name = "FILE")]
    entitlements: Option<String>,
    /// The bundle identifier, where the file has a build variable or none
    #[arg(long, value_name = "ID")]
    bundle: Option<String>,
    /// The value of a build variable; may be repeated
    #[arg(long = "set", value_name = "NAME=VALUE", value_parser = setting)]
    set: Vec<(String, String)>,
    /// Build settings; may be repeated
    #[arg(long, value_name = "FILE")]
    xcconfig: Vec<String>,
    /// Only this version of iOS; left out, every version
    #[arg(long, value_name = "VERSION")]
    os: Option<Version>,
    /// The device; left out, what the file says, or an iPhone
    #[arg(long, value_enum)]
    platform: Option<On>,
    /// Judge by this profile
    #[arg(long, default_value = "contract", value_parser = super::profile())]
    profile: Named,
    /// Every call in every version, and the rules
    #[arg(long)]
    all: bool,
    /// Pass over files that say nothing of background tasks; exit code 0 if all do
    #[arg(long)]
    where_used: bool,
    /// How to print
    #[arg(long, value_enum, default_value_t)]
    format: Form,
}

/// The devices that can be asked about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum On {
    Iphone,
    Ipad,
    Tvos,
    Visionos,
    /// Catalyst, or an iPad app on a Mac
    Mac,
    Simulator,
}

const EXAMPLES: &str = r#"Examples:
  bgspec plist App/Info.plist
  bgspec plist MyApp.app/Info.plist --entitlements App/App.entitlements --os 26.1
  bgspec plist . --xcconfig Config/Release.xcconfig --set APP_ID=com.example.app
  bgspec plist app.json --all
  bgspec plist "$INFOPLIST_FILE" --bundle "$PRODUCT_BUNDLE_IDENTIFIER" --format xcode

Exit codes: 0 nothing is wrong; 1 the list, an entry or a mode is of no use; 2 unreadable; 4 nothing
is permitted at all: the key is missing, or its array is empty; 5 whether an entry is of use hangs
on what is not told. Of several files the gravest counts: 2, then 1, 5, 4, 0."#;

/// What became of one app of a file.
struct Asked {
    file: String,
    subject: Subject,
    studied: Studied,
    exit: Exit,
}

/// A file's answers, or why there are none.
type Answer = Result<Asked, (String, Unreadable)>;

/// Prints what the files let the app do.
pub(super) fn run(args: &Args) -> io::Result<Exit> {
    let given = match given(args) {
        Ok(given) => given,
        Err(error) => {
            anstream::eprintln!("error: {error}");
            return Ok(Exit::Unusable);
        }
    };
    let versions = args.os.map_or_else(Versions::every, Versions::only);
    let mut answers = Vec::new();
    let mut passed_over = 0;
    for name in &args.files {
        let in_folder = name != "-" && Path::new(name).is_dir();
        let files = if in_folder {
            match folder::files(name) {
                Ok(files) => files,
                Err(error) => {
                    let error = Unreadable {
                        file: name.clone(),
                        place: None,
                        what: What::Io(error),
                    };
                    answers.push(Err((name.clone(), error)));
                    continue;
                }
            }
        } else {
            vec![name.clone()]
        };
        for file in files {
            passed_over += ask(
                args,
                &given,
                &versions,
                &file,
                in_folder || args.where_used,
                &mut answers,
            );
        }
    }
    let exit = exit(args, &answers);
    let mut out = anstream::stdout().lock();
    match args.format {
        Form::Human => people::write(&mut out, args, &answers, passed_over)?,
        Form::Json => {
            let files = answers.iter().map(|answer| match answer {
                Ok(asked) => JsonFile::new(&asked.file, &asked.subject, &asked.studied),
                Err((file, error)) => JsonFile::unreadable(file, error),
            });
            serde_json::to_writer_pretty(&mut out, &Json::new(args.profile, files.collect(), exit))?;
            writeln!(out)?;
        }
        form => annotations::write(form, &mut out, &annotated(&answers))?,
    }
    out.flush()?;
    Ok(exit)
}

/// What the arguments tell besides the files.
fn given(args: &Args) -> Result<Given, Unreadable> {
    let mut variables = Variables::default();
    for file in &args.xcconfig {
        xcconfig::read(file, &mut variables)?;
    }
    let entitlements = args.entitlements.as_deref().map(files::read).transpose()?;
    Ok(Given {
        bundle: args.bundle.clone(),
        entitlements: entitlements.map(|(_, node)| subject::granted(&node)),
        variables,
        set: args.set.clone(),
        platform: args.platform.map(Platform::from),
    })
}

/// Asks about one file. The number of files that are passed over: 1 or 0.
fn ask(args: &Args, given: &Given, versions: &Versions, file: &str, lenient: bool, answers: &mut Vec<Answer>) -> usize {
    let shown = if file == "-" { "stdin" } else { file }.to_owned();
    let read = files::read(file).and_then(|(kind, node)| {
        let is_used = !lenient || subject::speaks_of_tasks(&node);
        let subjects = if is_used {
            subject::read(file, kind, &node, given)?
        } else {
            Vec::new()
        };
        Ok((kind, node, subjects))
    });
    let (kind, node, subjects) = match read {
        Ok(read) => read,
        Err(error) => {
            answers.push(Err((shown, error)));
            return 0;
        }
    };
    let mut asked = 0;
    let none = subjects.is_empty();
    for subject in subjects {
        let studied = study(&subject, versions, args.profile);
        let mut exit = Exit::gravest(studied.findings.iter().map(|finding| match finding.weight {
            Weight::Wrong => Exit::Breaks,
            Weight::NotTold => Exit::Inconclusive,
            Weight::Remark | Weight::Note => Exit::Conforms,
        }));
        let permits_nothing = match &subject.permitted {
            Listed::Absent => true,
            Listed::Strings(entries) => entries.is_empty(),
            Listed::Malformed(_) => false,
        };
        if permits_nothing && subject.aside.is_none() {
            // A file that only has modes of other kinds says nothing of background tasks.
            if lenient && studied.findings.iter().all(|finding| finding.weight < Weight::Remark) {
                continue;
            }
            exit = Exit::gravest([exit, Exit::NothingChecked]);
        }
        asked += 1;
        answers.push(Ok(Asked {
            file: shown.clone(),
            subject,
            studied,
            exit,
        }));
    }
    if asked == 0 && !lenient && none {
        let what = What::NoApp {
            expected: match kind {
                Kind::XcodeGen => {
                    "a target with `info: properties:` that holds BGTaskSchedulerPermittedIdentifiers; a target with an Info.plist of its own says it there"
                }
                Kind::Expo | Kind::PropertyList => "the keys of an app",
            },
        };
        let place = node.place;
        let file = shown.clone();
        answers.push(Err((shown, Unreadable { file, place, what })));
    }
    usize::from(asked == 0 && lenient)
}

fn exit(args: &Args, answers: &[Answer]) -> Exit {
    if answers.is_empty() {
        return if args.where_used {
            Exit::Conforms
        } else {
            Exit::NothingChecked
        };
    }
    Exit::gravest(
        answers
            .iter()
            .map(|answer| answer.as_ref().map_or(Exit::Unusable, |asked| asked.exit)),
    )
}

fn annotated(answers: &[Answer]) -> Vec<Annotation> {
    let mut annotations = Vec::new();
    for answer in answers {
        match answer {
            Err((file, error)) => {
                let (line, column) = (
                    error.place.map(|place| place.line),
                    error.place.map(|place| place.column),
                );
                annotations.push(Annotation::unreadable(file, line, column, error.what.to_string()));
            }
            Ok(asked) => {
                annotations.extend(
                    asked
                        .studied
                        .findings
                        .iter()
                        .map(|finding| annotation(&asked.file, finding)),
                );
                if asked.exit == Exit::NothingChecked {
                    annotations.push(Annotation {
                        file: asked.file.clone(),
                        line: asked.subject.permitted_at.map(|place| place.line),
                        column: asked.subject.permitted_at.map(|place| place.column),
                        level: Level::Warning,
                        sort: Sort::Named(
                            "nothing-permitted",
                            "Without a list of identifiers nothing is permitted.",
                        ),
                        text: format!("{PERMITTED} lists nothing, and so nothing is permitted"),
                    });
                }
            }
        }
    }
    annotations
}

fn annotation(file: &str, finding: &Finding) -> Annotation {
    let remedy = if finding.remedy.is_empty() {
        String::new()
    } else {
        format!(". To do: {}", finding.remedy)
    };
    Annotation {
        file: file.to_owned(),
        line: finding.place.map(|place| place.line),
        column: finding.place.map(|place| place.column),
        level: match finding.weight {
            Weight::Wrong => Level::Error,
            Weight::NotTold | Weight::Remark => Level::Warning,
            Weight::Note => Level::Note,
        },
        sort: match finding.rules.first() {
            Some(rule) => Sort::Rule(rule),
            None => Sort::Named(finding.name, "What an app's files say of background tasks."),
        },
        text: format!("{}{remedy}", finding.what),
    }
}

/// The background modes of the file that are some.
fn known_modes(subject: &Subject) -> Vec<&str> {
    use crate::info_plist::modes::{self, Mode};
    let modes = subject.modes.iter().map(|mode| mode.text.as_str());
    modes.filter(|mode| modes::read(mode) == Mode::Known).collect()
}

/// Reads `NAME=VALUE`.
fn setting(text: &str) -> Result<(String, String), String> {
    let (name, value) = text
        .split_once('=')
        .ok_or("expected NAME=VALUE, such as APP_ID=com.example.app")?;
    let name = name.trim();
    let is_name = |c: char| c.is_ascii_alphanumeric() || c == '_';
    if name.is_empty() || !name.chars().all(is_name) {
        return Err(format!(
            "`{name}` is no name of a build setting: expected letters, digits and `_`"
        ));
    }
    Ok((name.to_owned(), value.trim().to_owned()))
}

impl From<On> for Platform {
    fn from(on: On) -> Self {
        match on {
            On::Iphone => Self::Iphone,
            On::Ipad => Self::Ipad,
            On::Tvos => Self::Tvos,
            On::Visionos => Self::Visionos,
            On::Mac => Self::Mac,
            On::Simulator => Self::Simulator,
        }
    }
}
