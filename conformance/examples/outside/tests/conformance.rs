//! The suite, as tests of this crate: a breach is the failure of a test, told with its story and how to play it again.

use bgspec_conformance::campaign::suite::{Broken, Config, check};
use bgspec_outside::Listing;

fn config() -> Config {
    Config {
        cases: 200,
        ..Config::default()
    }
}

#[test]
fn it_keeps_the_rules() -> Result<(), Broken> {
    let summary = check(&config(), Listing::default)?;
    println!("{}", summary.claim);
    Ok(())
}

#[test]
fn a_cancel_that_does_nothing_is_told_with_its_story_and_how_to_play_it_again() {
    let broken = check(&config(), Listing::forgetful);
    let broken = broken.map(|summary| summary.claim).expect_err("it breaks CAN-1");
    let told = format!("{broken:?}");
    for part in [
        "scheduler breaks CAN-1",
        "cancels com.example.app",
        "asks for the pending list",
        "BGSPEC_CASE=",
    ] {
        assert!(told.contains(part), "{part} is missing:\n{told}");
    }
}
