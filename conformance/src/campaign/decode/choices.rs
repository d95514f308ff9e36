//! A stream of choices, and how one is read: the raw material of [`super::Decoder`].
//!
//! Every stream is valid. A choice out of range wraps, and the stream is read in blocks of fixed width, one for the
//! header and one for each step, so that taking a block away takes one step away and moves no other. An incomplete
//! block at the end is no block. Zero is the plainest choice everywhere.

/// How many choices the header takes.
pub const HEADER: usize = 16;
/// How many choices a step takes.
pub const STEP: usize = 6;

/// Choices from bytes, as a fuzzer has them: two bytes a choice, a last odd byte alone.
#[must_use]
pub fn from_bytes(bytes: &[u8]) -> Vec<u32> {
    bytes
        .chunks(2)
        .map(|pair| pair.iter().rev().fold(0, |choice, byte| choice << 8 | u32::from(*byte)))
        .collect()
}

/// A stream of choices that is read from front to back.
#[derive(Debug, Clone)]
pub struct Choices<'a> {
    rest: &'a [u32],
}

impl<'a> Choices<'a> {
    /// A stream.
    #[must_use]
    pub fn new(choices: &'a [u32]) -> Self {
        Self { rest: choices }
    }

    /// The header's block; what the stream lacks is zero.
    pub fn header(&mut self) -> Block {
        let (head, rest) = self.rest.split_at(self.rest.len().min(HEADER));
        self.rest = rest;
        let mut words = head.to_vec();
        words.resize(HEADER, 0);
        Block { words, next: 0 }
    }

    /// The next step's block; none at the end of the stream.
    pub fn step(&mut self) -> Option<Block> {
        let (head, rest) = self.rest.split_at_checked(STEP)?;
        self.rest = rest;
        Some(Block {
            words: head.to_vec(),
            next: 0,
        })
    }
}

/// The choices of one step. It never runs dry: behind the last word the leftovers of the first ones follow.
#[derive(Debug, Clone)]
pub struct Block {
    words: Vec<u32>,
    next: usize,
}

impl Block {
    /// A number below `n`; 0 where `n` is 0.
    pub fn below(&mut self, n: usize) -> usize {
        let place = self.next % self.words.len();
        self.next += 1;
        let n = u32::try_from(n).unwrap_or(u32::MAX).max(1);
        let word = &mut self.words[place];
        let choice = *word % n;
        *word /= n;
        choice as usize
    }

    /// One of the items. Where the same item stands several times it comes so much more often.
    ///
    /// # Panics
    /// There is no item.
    pub fn of<T: Clone>(&mut self, items: &[T]) -> T {
        items[self.below(items.len())].clone()
    }

    /// One of the items that are there.
    pub fn any<'b, T>(&mut self, items: &'b [T]) -> Option<&'b T> {
        items.get(self.below(items.len()))
    }

    /// One of the items, each as often as its weight says; none where all weights are 0.
    pub fn weighted<T: Copy>(&mut self, items: &[(u32, T)]) -> Option<T> {
        let all: u32 = items.iter().map(|(weight, _)| weight).sum();
        let mut choice = u32::try_from(self.below(all as usize)).unwrap_or(0);
        for (weight, item) in items {
            if choice < *weight {
                return Some(*item);
            }
            choice -= weight;
        }
        None
    }

    /// True once in `n` times; not at zero.
    pub fn once_in(&mut self, n: usize) -> bool {
        self.below(n) + 1 == n
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stream_is_read_in_blocks_and_an_incomplete_one_is_its_end() {
        let words: Vec<u32> = (0..(HEADER + STEP + 1) as u32).collect();
        let mut choices = Choices::new(&words);
        assert_eq!(choices.header().below(100), 0);
        assert_eq!(choices.step().map(|mut step| step.below(100)), Some(16));
        assert!(choices.step().is_none());
    }

    #[test]
    fn bytes_make_a_choice_each_two_and_the_odd_one_counts() {
        assert_eq!(from_bytes(&[1, 2, 3]), [0x201, 3]);
    }

    #[test]
    fn a_choice_out_of_range_wraps_and_zero_is_the_first_item() {
        let mut block = Choices::new(&[7, 0]).header();
        assert_eq!(
            (block.below(5), block.weighted(&[(0, 'a'), (2, 'b'), (1, 'c')])),
            (2, Some('b'))
        );
    }
}
