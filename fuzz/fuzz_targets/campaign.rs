//! Whatever the choices are, they decode to a case that can be played; the runner writes nothing malformed, and the
//! reference scheduler conforms.
#![no_main]

use std::sync::LazyLock;

use bgspec_conformance::campaign::decode::Decoder;
use bgspec_conformance::campaign::decode::cast::Limits;
use bgspec_conformance::campaign::decode::choices::from_bytes;
use bgspec_conformance::play::adapter::Adapter;
use bgspec_conformance::play::runner::play;
use bgspec_conformance::reference::InProcess;
use bgspec_model::oracle::Terms;
use bgspec_model::rule::Party;
use bgspec_model::vocabulary::Version;
use libfuzzer_sys::fuzz_target;

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

fuzz_target!(|bytes: &[u8]| {
    let choices = from_bytes(bytes);
    let (header, mut source) = Decoder::new(&choices, &LIMITS);
    let adapter = InProcess::new();
    let played = play(&adapter, &LIMITS.hello, &header, &Terms::default(), &mut source);
    let played = played.expect("a decoded header is one that the oracle takes");
    assert_eq!(played.trouble, None);
    let broken: Vec<_> = played
        .report
        .findings
        .iter()
        .filter(|finding| finding.party == Party::Scheduler)
        .collect();
    assert!(broken.is_empty(), "{broken:#?}\n{:#?}", played.records);
});
