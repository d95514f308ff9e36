//! Nothing decides over the vocabulary by a catch-all: an event that is added is a compile error wherever somebody has to
//! decide, and follows from its row in the table of events everywhere else.
//!
//! What is looked for: in a `match` over several events, names of events or operations an arm that takes the rest;
//! `matches!` and `let` over several of them. A question about one of them alone is none.
#![expect(clippy::unwrap_used, reason = "a test fails where anything is missing")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path as File;

use proc_macro2::{TokenStream, TokenTree};
use syn::spanned::Spanned;
use syn::visit::{self, Visit};
use syn::{Arm, ExprLet, ExprMatch, Macro, Pat, Path};

/// Files that still decide so, and how often: each number may only fall, and a file that is none leaves.
const STILL: &[(&str, usize)] = &[
    ("conformance/src/explain/breach.rs", 1),
    ("conformance/src/explain/deeds.rs", 1),
    ("conformance/src/explain/edit/candidates.rs", 1),
    ("conformance/src/explain/edit/plan.rs", 1),
    ("conformance/src/explain/follow.rs", 3),
    ("conformance/src/explain/narrate.rs", 2),
    ("conformance/src/explain/nearest.rs", 1),
    ("conformance/src/explain/origin.rs", 1),
    ("conformance/src/explain/remarks.rs", 1),
    ("conformance/src/explain/run.rs", 2),
    ("conformance/src/explain/story.rs", 2),
    ("conformance/src/features/must.rs", 2),
    ("conformance/src/features/play.rs", 1),
    ("model/src/apply.rs", 2),
    ("model/src/oracle/breach.rs", 1),
    ("model/src/oracle/calls/open.rs", 1),
    ("model/src/oracle/lost.rs", 1),
    ("model/src/oracle/product.rs", 1),
    ("model/src/oracle/unseen.rs", 1),
    ("model/src/rules/mod.rs", 2),
];

#[test]
fn no_catch_all_decides_over_the_vocabulary() {
    let mut found: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let top = File::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let mut count = 0;
    for folder in ["model/src", "conformance/src"] {
        walk(&top.join(folder), &mut |file| {
            count += 1;
            let name = file.strip_prefix(top).unwrap().to_str().unwrap().replace('\\', "/");
            for (line, what) in Finder::in_text(&fs::read_to_string(file).unwrap()) {
                found
                    .entry(name.clone())
                    .or_default()
                    .push(format!("{name}:{line}: {what}"));
            }
        });
    }
    assert!(count > 150, "{count} files only");
    let allowed = |file: &str| {
        STILL
            .iter()
            .find(|(name, _)| *name == file)
            .map_or(0, |(_, count)| *count)
    };
    let too_many: Vec<_> = found
        .iter()
        .filter(|(file, places)| places.len() > allowed(file))
        .flat_map(|(_, places)| places)
        .collect();
    assert!(too_many.is_empty(), "{too_many:#?}");
}

/// Every source file, those of tests apart, and those that read files whose parser has events of its own.
fn walk(folder: &File, see: &mut dyn FnMut(&File)) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_str().unwrap();
        if path.is_dir() && !["tests", "reach", "info_plist"].contains(&name) {
            walk(&path, see);
        } else if path.extension().is_some_and(|ending| ending == "rs") && name != "tests" {
            see(&path);
        }
    }
}

#[test]
fn every_form_of_a_catch_all_is_found_and_a_question_about_one_event_is_none() {
    let places = |body: &str| Finder::in_text(&format!("fn f() {{ {body} }}")).len();
    for caught in [
        "match e { Event::A(_) => 1, Event::B => 2, _ => 3 }",
        "match e { Op::A { .. } => 1, Op::B(x) => 2, other => 3 }",
        "match (e, 1) { (Event::A, _) => 1, (Event::B, 1) => 2, (_, 2) => 3 }",
        "match e { Some(Event::A | Event::B) => 1, Some(_) => 2, None => 3 }",
        "matches!(e, Event::A(_) | Event::B)",
        "if let Event::A | Event::B = e {}",
        "let (Name::A | Name::B) = e else { return };",
    ] {
        assert_eq!(places(caught), 1, "{caught}");
    }
    for fine in [
        "match e { Event::A(_) => 1, Event::B | Event::C => 2 }",
        "match e { Event::A(_) => 1, _ => 2 }",
        "match e { Some(Event::A) => 1, Some(Event::B) => 2, None => 3 }",
        "matches!(e, Event::A(_))",
        "if let Event::A = e {}",
        "match e { Event::A => match x { 1 => 1, _ => 2 }, Event::B => 2 }",
    ] {
        assert_eq!(places(fine), 0, "{fine}");
    }
}

/// The enumerations that grow with the vocabulary.
const OVER: [&str; 3] = ["Event", "Op", "Name"];

#[derive(Default)]
struct Finder {
    found: Vec<(usize, String)>,
}

impl Finder {
    fn in_text(text: &str) -> Vec<(usize, String)> {
        let mut finder = Self::default();
        finder.visit_file(&syn::parse_file(text).unwrap());
        finder.found
    }

    fn tell(&mut self, line: usize, what: &str, names: &BTreeSet<String>) {
        let names: Vec<_> = names.iter().map(String::as_str).collect();
        self.found.push((line, format!("{what} over {}", names.join(", "))));
    }
}

impl<'a> Visit<'a> for Finder {
    fn visit_expr_match(&mut self, node: &'a ExprMatch) {
        let mut names = BTreeSet::new();
        for arm in &node.arms {
            names.extend(named(&arm.pat));
        }
        if names.len() > 1
            && let Some(rest) = node.arms.iter().find(|arm| takes_the_rest(arm, &node.arms))
        {
            self.tell(rest.pat.span().start().line, "a catch-all arm", &names);
        }
        visit::visit_expr_match(self, node);
    }

    fn visit_expr_let(&mut self, node: &'a ExprLet) {
        let names = named(&node.pat);
        if names.len() > 1 {
            self.tell(node.span().start().line, "`let`", &names);
        }
        visit::visit_expr_let(self, node);
    }

    fn visit_local(&mut self, node: &'a syn::Local) {
        let names = named(&node.pat);
        if names.len() > 1 {
            self.tell(node.span().start().line, "`let`", &names);
        }
        visit::visit_local(self, node);
    }

    fn visit_macro(&mut self, node: &'a Macro) {
        if node.path.is_ident("matches") {
            let mut names = BTreeSet::new();
            in_tokens(node.tokens.clone(), &mut names);
            if names.len() > 1 {
                self.tell(node.path.span().start().line, "`matches!`", &names);
            }
        }
        visit::visit_macro(self, node);
    }
}

fn named(pat: &Pat) -> BTreeSet<String> {
    struct Names(BTreeSet<String>);
    impl<'a> Visit<'a> for Names {
        fn visit_path(&mut self, path: &'a Path) {
            let segments: Vec<_> = path.segments.iter().map(|segment| segment.ident.to_string()).collect();
            if let [.., of, name] = segments.as_slice()
                && OVER.contains(&of.as_str())
            {
                self.0.insert(name.clone());
            }
        }
    }
    let mut names = Names(BTreeSet::new());
    names.visit_pat(pat);
    names.0
}

/// Whether an arm takes every event that no other arm names, where its neighbours name them.
fn takes_the_rest(arm: &Arm, arms: &[Arm]) -> bool {
    named(&arm.pat).is_empty() && arms.iter().any(|other| covers(&arm.pat, &other.pat))
}

/// Whether a pattern leaves open what another one names.
fn covers(open: &Pat, other: &Pat) -> bool {
    match (open, other) {
        (Pat::Or(open), _) => open.cases.iter().any(|open| covers(open, other)),
        (_, Pat::Or(other)) => other.cases.iter().any(|other| covers(open, other)),
        (Pat::Wild(_), _) => !named(other).is_empty(),
        (Pat::Ident(ident), _) => ident.subpat.is_none() && ident.ident != "None" && !named(other).is_empty(),
        (Pat::Tuple(open), Pat::Tuple(other)) => open.elems.iter().zip(&other.elems).any(|(a, b)| covers(a, b)),
        (Pat::TupleStruct(open), Pat::TupleStruct(other)) if open.path == other.path => {
            open.elems.iter().zip(&other.elems).any(|(a, b)| covers(a, b))
        }
        (Pat::Reference(open), _) => covers(&open.pat, other),
        (_, Pat::Reference(other)) => covers(open, &other.pat),
        _ => false,
    }
}

fn in_tokens(tokens: TokenStream, names: &mut BTreeSet<String>) {
    let tokens: Vec<_> = tokens.into_iter().collect();
    for (place, token) in tokens.iter().enumerate() {
        match token {
            TokenTree::Group(group) => in_tokens(group.stream(), names),
            TokenTree::Ident(ident) if OVER.iter().any(|over| ident == over) => {
                let colons = tokens[place + 1..].iter().take(2);
                let colons = colons.filter(|token| matches!(token, TokenTree::Punct(punct) if punct.as_char() == ':'));
                if let (2, Some(TokenTree::Ident(name))) = (colons.count(), tokens.get(place + 3)) {
                    names.insert(name.to_string());
                }
            }
            _ => {}
        }
    }
}
