//! The words of the field: what a trace, an adapter and the wire protocol speak of.
//!
//! Everything here is plain data with a JSON form; nothing here knows a rule. A *trace* is a [`Header`], then
//! [`Record`]s (events, one JSON object a line), then an end. The same types serve the adapter trait and the wire.
//!
//! Each event stands once, in the table of [`Event`]: its name, what it means, its [`Role`], its process, whom it is
//! about, what it answers, what has to exist for it, and how it is said. The columns are [`Row`]; what exists where is
//! [`Feature`].
//!
//! Enumerations are externally tagged (`{"submit":{…}}`), and unknown fields are refused, so that a reader's error
//! names its line, its column and what was expected there.

mod area;
mod body;
mod calls;
mod device;
mod event;
mod exists;
mod header;
mod identifier;
mod inputs;
mod observations;
mod request;
#[cfg(feature = "strategies")]
pub mod strategies;
mod table;
mod version;

pub use area::*;
pub use body::Body;
pub use calls::*;
pub use device::*;
pub use event::*;
pub use exists::{Feature, Lack, Place};
pub use header::*;
pub use identifier::*;
pub use inputs::*;
pub use observations::*;
pub use request::*;
pub use table::*;
pub use version::*;

pub(crate) use exists::attribute_lack;

/// Virtual time: milliseconds since the zero of a trace. Dates of requests lie on the same clock and may be negative.
pub type Millis = i64;
