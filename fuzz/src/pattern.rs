//! Which identifiers an entry permits: the model's reading, the reference scheduler's, and the sentences of the rules
//! spelled out (IDN-1, IDN-2, IDN-8).

use bgspec_conformance::reference::{Facts, Scheduler, VirtualClock};
use bgspec_model::vocabulary::{Entry, Starter, Version};

/// Three strings, one a line: the bundle identifier, the entry, the identifier.
pub fn run(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let mut lines = text.split('\n');
    let (Some(bundle), Some(entry), Some(id)) = (lines.next(), lines.next(), lines.next()) else {
        return;
    };
    for wildcards in [false, true] {
        let read = Entry::read(entry, bundle, wildcards);
        let covers = wildcards && covers(bundle, entry, id);
        assert_eq!(read.covered(id).is_some(), covers, "{read:?} and {id:?} in {bundle:?}");
        assert_eq!(
            matches!(read, Entry::Wildcard(_)),
            wildcards && is_wildcard(bundle, entry),
            "{read:?} in {bundle:?}"
        );
        // A star in the identifier is a matter of settings (IDN-5, IDN-6, IDN-8), and so is the empty one (REG-11).
        if id.contains('*') || id.is_empty() || id.len() > 100 {
            continue;
        }
        let os = Version::new(if wildcards { 26 } else { 18 }, 0);
        let scheduler = Scheduler::new(VirtualClock::new(), Facts::new(os, bundle).permits(entry));
        scheduler.start(Starter::Person);
        let permitted = scheduler.register(id, None);
        assert_eq!(
            permitted,
            Ok(covers || entry == id),
            "{entry:?} and {id:?} in {bundle:?} on {os}"
        );
    }
}

/// The bundle identifier, an optional context, and a final `.*`: components between dots, none of them empty, no other
/// star.
fn is_wildcard(bundle: &str, entry: &str) -> bool {
    let entry: Vec<char> = entry.chars().collect();
    let bundle: Vec<char> = bundle.chars().collect();
    if entry.len() < bundle.len() + 2 || entry[..bundle.len()] != bundle {
        return false;
    }
    let behind = &entry[bundle.len()..entry.len() - 1];
    let starts = behind.first() == Some(&'.') && behind.last() == Some(&'.');
    let stars = entry.iter().filter(|c| **c == '*').count() == 1 && entry.last() == Some(&'*');
    let empty = behind.windows(2).any(|pair| pair == ['.', '.']);
    starts && stars && !empty
}

/// It is what stands before the star, and at least one character more.
fn covers(bundle: &str, entry: &str, id: &str) -> bool {
    let entry_chars: Vec<char> = entry.chars().collect();
    let id: Vec<char> = id.chars().collect();
    is_wildcard(bundle, entry)
        && id.len() >= entry_chars.len()
        && id[..entry_chars.len() - 1] == entry_chars[..entry_chars.len() - 1]
}
