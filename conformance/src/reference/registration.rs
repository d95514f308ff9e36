//! Registration of launch handlers.

use bgspec_model::vocabulary::{BackgroundRefresh, Identifier, Platform, Version};

use super::errors::{self, Raised};
use super::faults::Fault;
use super::permits::{Permit, is_wildcard};
use super::scheduler::Caller;
use super::state::State;

impl State {
    /// Registers a handler in the app's process. An extension's registration is its own process's and serves nothing
    /// here.
    pub fn register(&mut self, caller: &Caller, id: &Identifier, queue: Option<&str>) -> Result<bool, Raised> {
        let permit = self.permit(id);
        let off = self.conditions.background_refresh != BackgroundRefresh::Available;
        let refuses = self.has(Fault::RefreshOffRegistersNothing) && off
            || self.has(Fault::SimulatorRegistersNothing) && self.facts.platform == Platform::Simulator;
        if refuses {
            return Ok(false);
        }
        if self.has(Fault::UnpermittedRaises) && permit == Permit::None {
            return Err(errors::no_handler(id));
        }
        let faulty = self.choices.fault;
        let returns = match permit {
            Permit::Exact | Permit::Wildcard => true,
            Permit::Pattern => {
                self.choices.wildcard_literal_returns_true && is_wildcard(id.as_str(), &self.facts.bundle)
            }
            Permit::None => self.choices.unpermitted_register_silently_true,
        };
        let (late_from_26, os) = (self.choices.late_registration_raises, self.facts.os);
        let covered = self.is_covered(id);
        let Some(process) = self.process.as_mut().filter(|_| *caller == Caller::App) else {
            return Ok(returns);
        };
        if process.handlers.contains_key(id) {
            match faulty {
                Some(Fault::RegistersTwice) => return Ok(true),
                Some(Fault::SecondReturnsFalse) => return Ok(false),
                _ => {}
            }
            return Err(errors::registered_twice(id));
        }
        if !matches!(permit, Permit::Exact | Permit::Wildcard) {
            return Ok(returns);
        }
        let late = process.finished;
        let for_continued = os >= Version::new(26, 0) && (covered || !late_from_26);
        let raises = match faulty {
            Some(Fault::RegistersLate) => false,
            Some(Fault::LateWildcardRaises) => late && (!for_continued || permit == Permit::Wildcard),
            _ => late && !for_continued,
        };
        if raises {
            return Err(errors::registered_late());
        }
        process.handlers.insert(id.clone(), queue.map(str::to_owned));
        Ok(faulty != Some(Fault::RegistrationReturnsFalse))
    }
}
