//! A scheduler that keeps a list, behind bgspec's trait: what a crate of its own needs to run the suite in its own tests.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use bgspec_conformance::play::adapter::{Adapter, Applied, Failure, Hello};
use bgspec_model::vocabulary::{
    Answer, Answers, Area, Event, Header, Kind, Record, RegisterAnswer, Request, Resources, ReturnAnswer, SubmitAnswer,
};

/// The scheduler: at most one request of each identifier.
#[derive(Debug, Default)]
pub struct Listing {
    pending: Mutex<BTreeMap<String, Request>>,
    forgets_to_cancel: bool,
}

impl Listing {
    /// With a mistake: a cancel does nothing.
    #[must_use]
    pub fn forgetful() -> Self {
        Self {
            forgets_to_cancel: true,
            ..Self::default()
        }
    }
}

impl Adapter for Listing {
    fn hello(&self) -> Result<Hello, Failure> {
        Ok(Hello {
            kinds: vec![Kind::Refresh, Kind::Processing],
            areas: vec![Area::Submission, Area::Cancelling, Area::PendingList],
            unmodelled: ["SUB-3", "SUB-5", "SUB-6", "background_refresh", "background_launches"]
                .map(str::to_owned)
                .to_vec(),
            observes: ["launched", "delivered", "delivery_raised", "killed"]
                .map(str::to_owned)
                .to_vec(),
            ..Hello::new("listing", env!("CARGO_PKG_VERSION"))
        })
    }

    fn reset(&self, _: &Header) -> Result<(), Failure> {
        self.pending.lock().unwrap_or_else(PoisonError::into_inner).clear();
        Ok(())
    }

    fn apply(&self, input: &Record) -> Result<Applied, Failure> {
        let mut pending = self.pending.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(event) = &input.event else {
            return Ok(Applied::default());
        };
        match event {
            Event::Clock(_) => {
                return Ok(Applied {
                    reached: Some(input.at),
                    ..Applied::default()
                });
            }
            Event::Submit(_) | Event::SubmitAsync(_) => {
                pending.extend(event.request().map(|request| (request.id.to_string(), request)));
            }
            Event::Cancel(of) if !self.forgets_to_cancel => drop(pending.remove(of.id.as_str())),
            Event::CancelAll(_) | Event::Uninstalled(_) => pending.clear(),
            _ => {}
        }
        let answer = match event.row().answer {
            Answers::None | Answers::Work => None,
            Answers::Register => Some(Answer::Register(RegisterAnswer::Returned(true))),
            Answers::Submit => Some(Answer::Submit(SubmitAnswer::Accepted)),
            Answers::Pending => Some(Answer::Pending(pending.values().cloned().collect())),
            Answers::SupportedResources => Some(Answer::SupportedResources(Resources { gpu: false })),
            Answers::Void => Some(Answer::Void(ReturnAnswer::Returned)),
        };
        Ok(Applied {
            answer,
            ..Applied::default()
        })
    }
}
