//! The campaign of `bgspec test`: generated cases, played against an implementation and judged by the oracle.
//!
//! A stream of choices becomes a sequence of actions ([`decode`]), which a runner plays against an adapter while the
//! oracle judges each line ([`crate::play::runner`]); the campaign draws the streams and shrinks what fails ([`plan`],
//! [`generate`], [`shrink`]), and has several threads call at once ([`histories`]); what it saw becomes a table and a claim ([`summary`]) and readable counterexamples
//! ([`story`]), and files to be read elsewhere ([`report`], [`stream`]). Which rules count is said by a [`filter`]; which can be judged at all, by their [`standing`]. What was
//! found before is played first ([`stored`]). For a test of an implementation in Rust all of it is one call ([`suite`]).

pub mod datasheet;
pub mod decode;
pub mod evidence;
pub mod filter;
pub mod generate;
pub mod histories;
pub mod known;
pub mod measure;
pub mod merge;
mod outcome;
pub mod plan;
mod reduce;
pub mod report;
pub mod shrink;
pub mod standing;
pub mod stored;
pub mod story;
pub mod stream;
pub mod suite;
pub mod summary;
mod tally;
