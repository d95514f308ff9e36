//! Changes of seeds, the same in every run.

/// SplitMix64.
pub struct Random(u64);

impl Random {
    #[must_use]
    pub const fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below `end`; zero where there is none.
    pub fn below(&mut self, end: usize) -> usize {
        if end == 0 {
            return 0;
        }
        usize::try_from(self.next() % end as u64).unwrap_or(0)
    }
}

/// Pieces that text formats trip over.
const PIECES: [&str; 32] = [
    "\"",
    "\\",
    "{",
    "}",
    "[",
    "]",
    "<",
    ">",
    "&",
    "]]>",
    "<!--",
    "%",
    "::",
    "\n",
    "\r",
    "\t",
    "\u{1b}[2J",
    "\u{0}",
    "\u{202e}",
    "\u{feff}",
    "\u{2028}",
    "é",
    "*",
    ".",
    ",",
    ":null,",
    "-1",
    "99999999999999999999",
    "1e9",
    "</script>",
    "$(X)",
    "\u{d}\n",
];

/// A change of one of `seeds`: one to four steps.
#[must_use]
pub fn changed(seeds: &[Vec<u8>], random: &mut Random) -> Vec<u8> {
    let mut bytes = seeds[random.below(seeds.len())].clone();
    for _ in 0..=random.below(4) {
        step(&mut bytes, seeds, random);
    }
    bytes
}

fn step(bytes: &mut Vec<u8>, seeds: &[Vec<u8>], random: &mut Random) {
    let at = random.below(bytes.len() + 1);
    let end = (at + 1 + random.below(16)).min(bytes.len());
    match random.below(8) {
        0 if at < bytes.len() => bytes[at] ^= 1 << random.below(8),
        1 if at < bytes.len() => bytes[at] = random.next().to_le_bytes()[0],
        2 => drop(bytes.drain(at..end.max(at))),
        3 => {
            let piece = bytes[at..end.max(at)].to_vec();
            let to = random.below(bytes.len() + 1);
            bytes.splice(to..to, piece);
        }
        4 => bytes.truncate(at),
        5 => {
            let other = &seeds[random.below(seeds.len())];
            let from = random.below(other.len());
            let piece = other[from..(from + 1 + random.below(64)).min(other.len())].to_vec();
            bytes.splice(at..at, piece);
        }
        6 => drop(bytes.splice(at..end.max(at), PIECES[random.below(PIECES.len())].bytes())),
        _ => drop(bytes.splice(at..at, PIECES[random.below(PIECES.len())].bytes())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changes_are_the_same_in_every_run_and_differ_from_the_seed() {
        let seeds = [b"one seed".to_vec(), b"another".to_vec()];
        let some = || {
            let mut random = Random::new(7);
            (0..200).map(|_| changed(&seeds, &mut random)).collect::<Vec<_>>()
        };
        assert_eq!(some(), some());
        assert!(some().iter().filter(|bytes| seeds.contains(bytes)).count() < 20);
    }
}
