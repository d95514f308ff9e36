//! Texts as numbers, so that states stay small and compare fast.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::sync::Arc;

/// Gives equal texts equal numbers, counted from 0.
#[derive(Debug, Clone, Default)]
pub struct Interner {
    texts: Vec<Arc<str>>,
    places: HashMap<Arc<str>, u32, BuildHasherDefault<TextHasher>>,
    /// Where a text was found last, by its [`slot`]. A trace speaks of the same few again and again.
    recent: Recent,
}

/// For each slot a number of a text.
#[derive(Debug, Clone)]
struct Recent([u32; SLOTS]);

const SLOTS: usize = 256;

impl Default for Recent {
    fn default() -> Self {
        Self([u32::MAX; SLOTS])
    }
}

/// A slot for a text. Identifiers have their beginning in common, so it is taken from the length and the end.
#[inline]
fn slot(text: &str) -> usize {
    let end = match text.as_bytes().last_chunk() {
        Some(end) => u64::from_le_bytes(*end),
        None => text.bytes().fold(0, |end, byte| end << 8 | u64::from(byte)),
    };
    let mixed = (end ^ text.len() as u64).wrapping_mul(SPREAD);
    (mixed >> (u64::BITS - SLOTS.ilog2())) as usize
}

/// Odd, its bits in no pattern.
const SPREAD: u64 = 0x9e37_79b9_7f4a_7c15;

impl Interner {
    /// The number of a text, new or known.
    #[inline]
    pub fn intern(&mut self, text: &str) -> u32 {
        self.find(text).unwrap_or_else(|| self.add(text))
    }

    /// The number of a text, if it is known.
    #[inline]
    #[must_use]
    pub fn find(&mut self, text: &str) -> Option<u32> {
        let slot = slot(text);
        let place = self.recent.0[slot];
        match self.texts.get(place as usize) {
            Some(known) if **known == *text => Some(place),
            _ => self.search(text, slot),
        }
    }

    /// The number of a text, if it is known, without remembering that it was asked for.
    #[must_use]
    pub fn known(&self, text: &str) -> Option<u32> {
        self.places.get(text).copied()
    }

    #[cold]
    fn search(&mut self, text: &str, slot: usize) -> Option<u32> {
        let place = self.places.get(text).copied()?;
        self.recent.0[slot] = place;
        Some(place)
    }

    #[cold]
    fn add(&mut self, text: &str) -> u32 {
        let place = self.texts.len() as u32;
        let text: Arc<str> = text.into();
        self.texts.push(text.clone());
        self.places.insert(text, place);
        place
    }

    /// The text of a number.
    #[must_use]
    pub fn text(&self, place: u32) -> &str {
        self.texts.get(place as usize).map_or("", |text| text)
    }

    /// How many texts there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.texts.len()
    }

    /// Forgets every text for which `keep` is false, and gives for each old number the new one.
    pub fn compact(&mut self, keep: &[bool]) -> Vec<u32> {
        let mut kept = Self::default();
        let moved = self
            .texts
            .iter()
            .zip(keep)
            .map(|(text, keep)| if *keep { kept.add(text) } else { u32::MAX })
            .collect();
        *self = kept;
        moved
    }
}

/// Multiplies and rotates, eight bytes at a time: quick for short texts, and nobody feeds a model hostile ones.
#[derive(Debug, Clone, Copy, Default)]
pub struct TextHasher(u64);

impl TextHasher {
    #[inline]
    fn mix(&mut self, word: u64) {
        self.0 = (self.0.rotate_left(5) ^ word).wrapping_mul(0x517c_c1b7_2722_0a95);
    }
}

impl Hasher for TextHasher {
    #[inline]
    fn write(&mut self, bytes: &[u8]) {
        let (words, rest) = bytes.as_chunks::<8>();
        for word in words {
            self.mix(u64::from_le_bytes(*word));
        }
        let mut last = [0; 8];
        last[..rest.len()].copy_from_slice(rest);
        self.mix(u64::from_le_bytes(last) ^ ((rest.len() as u64) << 56));
    }

    #[inline]
    fn write_u8(&mut self, value: u8) {
        self.mix(u64::from(value));
    }

    #[inline]
    fn write_u32(&mut self, value: u32) {
        self.mix(u64::from(value));
    }

    #[inline]
    fn write_u64(&mut self, value: u64) {
        self.mix(value);
    }

    #[inline]
    fn write_usize(&mut self, value: usize) {
        self.mix(value as u64);
    }

    #[inline]
    fn finish(&self) -> u64 {
        self.0 ^ (self.0 >> 29)
    }
}
