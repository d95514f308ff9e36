//! What a run leaves to be read: one page of HTML with nothing to fetch, JUnit's XML, and the picture of a case.
//!
//! All of it is made from the [`Summary`](super::summary::Summary), which a file of JSON keeps whole: whoever has the
//! report of a run, or of all its parts, can have each of these again (`bgspec merge --format html`).

mod html;
mod junit;
mod picture;
mod timeline;

pub use html::write as html;
pub use junit::write as junit;
pub use picture::write as picture;
pub use timeline::Timeline;
