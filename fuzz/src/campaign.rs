//! Whatever the choices are, they decode to a case that can be played; the runner writes nothing malformed, and the
//! reference scheduler conforms.

use std::sync::LazyLock;

use bgspec_conformance::campaign::decode::Decoder;
use bgspec_conformance::campaign::decode::cast::Limits;
use bgspec_conformance::campaign::decode::choices::from_bytes;
use bgspec_conformance::play::adapter::Adapter;
use bgspec_conformance::play::runner::{Played, play};
use bgspec_conformance::reference::InProcess;
use bgspec_model::oracle::Terms;
use bgspec_model::report::Finding;
use bgspec_model::rule::Party;
use bgspec_model::vocabulary::{Header, Record, Version};

static LIMITS: LazyLock<Limits> = LazyLock::new(|| Limits {
    versions: vec![
        Version::new(13, 0),
        Version::new(18, 0),
        Version::new(26, 1),
        Version::new(27, 0),
    ],
    profile: "contract".to_owned(),
    hello: InProcess::new()
        .hello()
        .expect("the reference scheduler says what it is"),
});

/// As choices.
pub fn run(bytes: &[u8]) {
    let played = played(bytes);
    let broken: Vec<_> = played
        .report
        .findings
        .iter()
        .filter(|finding| finding.party == Party::Scheduler)
        .collect();
    assert!(
        broken.is_empty(),
        "{}\n{}",
        said(&broken),
        shown(&played.header, &played.records)
    );
}

/// The findings, with their rules.
fn said(broken: &[&Finding]) -> String {
    let one = |finding: &&Finding| {
        let rules: Vec<_> = finding.rules.iter().map(|rule| rule.id.to_string()).collect();
        format!("line {}: {}: {}", finding.event + 1, rules.join(", "), finding.what)
    };
    broken.iter().map(one).collect::<Vec<_>>().join("\n")
}

/// A trace as a file has it.
pub(crate) fn shown(header: &Header, records: &[Record]) -> String {
    let header = serde_json::to_string(header).unwrap_or_default();
    let lines = records
        .iter()
        .map(|record| serde_json::to_string(record).unwrap_or_default());
    std::iter::once(header).chain(lines).collect::<Vec<_>>().join("\n")
}

/// The case of these choices, played on the reference scheduler.
pub(crate) fn played(bytes: &[u8]) -> Played {
    let choices = from_bytes(bytes);
    let (header, mut source) = Decoder::new(&choices, &LIMITS);
    let played = play(
        &InProcess::new(),
        &LIMITS.hello,
        &header,
        &Terms::default(),
        &mut source,
    );
    let played = played.expect("a decoded header is one that the oracle takes");
    assert_eq!(played.trouble, None);
    played
}
