//! The index by question: what a developer asks, and the feature file that answers it.
//!
//! A file that is for reading begins with `# Asked: …` above its feature. From these lines the page `QUESTIONS.md` is
//! written, and the rulebook's page begins with them.

use std::fmt::Write as _;

/// What stands before a question in a feature file.
const ASKED: &str = "# Asked: ";

/// A question and the file that answers it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Question {
    /// What is asked.
    pub asks: &'static str,
    /// The file, from the project's root.
    pub file: &'static str,
    /// The case, such as `F04`.
    pub code: &'static str,
    /// What the file is about, the case left out.
    pub about: &'static str,
}

/// The folders that are for reading, with what stands in them.
pub const FOLDERS: [(&str, &str); 3] = [
    ("forum", "What developers asked on Apple's forums"),
    ("claims", "What guides and talks claim"),
    ("field", "What open-source apps do"),
];

/// The question of a feature file, if it is for reading.
#[must_use]
pub fn asked(text: &str) -> Option<&str> {
    let mut head = text.lines().take_while(|line| !line.starts_with("Feature:"));
    head.find_map(|line| line.strip_prefix(ASKED)).map(str::trim)
}

/// Every question of a folder, in the order of its cases.
pub fn of(folder: &'static str) -> impl Iterator<Item = Question> {
    let pages = crate::rulebook::shown::pages()
        .iter()
        .filter(move |page| page.folder() == folder);
    pages.filter_map(|page| {
        Some(Question {
            asks: asked(crate::corpus::feature(page.file)?)?,
            file: page.file,
            code: page.code,
            about: page.title,
        })
    })
}

/// The page of the questions, in Markdown.
#[must_use]
pub fn markdown() -> String {
    let mut page = String::from(
        "# Questions\n\nGenerated from the lines `# Asked:` of the feature files; do not edit:\n\
         `BGSPEC_INDEX=write cargo test --test features_read`.\n",
    );
    for (folder, says) in FOLDERS {
        let _ = write!(page, "\n## {says}\n\n");
        for question in of(folder) {
            let file = question.file.trim_start_matches("features/");
            let _ = writeln!(
                page,
                "- {}: [{}]({file}) ({})",
                question.asks, question.about, question.code
            );
        }
    }
    page
}
