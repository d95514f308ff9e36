//! Submission: why a request is refused, and what an accepted one replaces.

use bgspec_model::vocabulary::{
    BackgroundRefresh, Code, Event, Extension, Identifier, Kind, Millis, Platform, Request, Strategy,
    SubmissionCompleted, Version,
};

use super::choices::WithoutPrefix;
use super::errors::{self, SubmitError};
use super::facts;
use super::faults::Fault;
use super::permits::Permit;
use super::scheduler::Caller;
use super::state::{Held, Process, Running, State};

/// An asynchronous submission that has not taken effect.
#[cfg_attr(test, derive(Clone))]
pub(super) struct InFlight {
    caller: Caller,
    request: Request,
    submission: u32,
    due: Millis,
}

/// What is to become of a submission that is not refused.
enum Fate {
    /// It becomes outstanding. A continued request that can start does so before the call returns.
    Held,
    /// It is reported as accepted, and that is all.
    Dropped,
}

impl State {
    /// The synchronous submit.
    pub fn submit(&mut self, caller: &Caller, request: Request) -> Result<(), SubmitError> {
        if let Err(raised) = self.handler_for(caller, &request.id) {
            return match self.choices.fault {
                Some(Fault::NoHandlerAccepts) => Ok(()),
                Some(Fault::NoHandlerRefuses) => Err(SubmitError::Refused(Code::UNAVAILABLE)),
                _ => Err(raised.into()),
            };
        }
        if self.has(Fault::GpuRaises) && request.gpu && !self.facts.gpu {
            return Err(errors::no_handler(&request.id).into());
        }
        let (id, earliest) = (request.id.clone(), request.earliest);
        let taken = self.take(caller, request);
        if taken.is_err() && self.has(Fault::RefusalRemoves) {
            self.withdraw(&id);
        }
        if taken.is_err() && self.has(Fault::RefusalMovesTheDate) {
            for held in self.book.iter_mut().filter(|held| held.request.id == id) {
                held.request.earliest = earliest;
            }
        }
        match taken {
            Err((_, Hidden::MayBe)) if self.choices.lossy_submit && self.facts.os >= Version::new(26, 0) => Ok(()),
            outcome => outcome.map_err(|(code, _)| SubmitError::Refused(code)),
        }
    }

    /// The asynchronous submit: raises at the call, and completes once.
    pub fn submit_async(&mut self, caller: &Caller, request: Request, submission: u32) -> Result<(), errors::Raised> {
        self.handler_for(caller, &request.id)?;
        let due = self.now.saturating_add(self.choices.submission_delay);
        let caller = caller.clone();
        self.in_flight.push(InFlight {
            caller,
            request,
            submission,
            due,
        });
        self.complete_submissions();
        Ok(())
    }

    pub fn next_submission(&self) -> Option<Millis> {
        self.in_flight.iter().map(|call| call.due).min()
    }

    pub fn complete_submissions(&mut self) {
        while let Some(index) = self.in_flight.iter().position(|call| call.due <= self.now) {
            let InFlight {
                caller,
                request,
                submission,
                ..
            } = self.in_flight.remove(index);
            let error = self.take(&caller, request).err().map(|(code, _)| code);
            if self.has(Fault::NeverCompletes) {
                continue;
            }
            if self.has(Fault::CompletesTwice) {
                self.emit(Event::SubmissionCompleted(SubmissionCompleted::new(submission, error)));
            }
            self.emit(Event::SubmissionCompleted(SubmissionCompleted::new(submission, error)));
        }
    }

    /// The app must have a handler for what it submits, if the identifier is permitted; an extension need not.
    fn handler_for(&self, caller: &Caller, id: &Identifier) -> Result<(), errors::Raised> {
        let permitted = matches!(self.permit(id), Permit::Exact | Permit::Wildcard);
        match &self.process {
            Some(process) if *caller == Caller::App && permitted && !self.serves(process, id) => {
                Err(errors::no_handler(id))
            }
            _ => Ok(()),
        }
    }

    /// Whether a process has a handler for an identifier.
    pub fn serves(&self, process: &Process, id: &Identifier) -> bool {
        let neighbour = || self.has(Fault::NeighbourServes) && self.permit(id) == Permit::Wildcard;
        process.handlers.contains_key(id)
            || neighbour()
                && process
                    .handlers
                    .keys()
                    .any(|other| self.permit(other) == Permit::Wildcard)
    }

    /// What a fault says of a submission before any rule is asked.
    fn fault_answers(&self, request: &Request) -> Option<Code> {
        let device = &self.conditions;
        let month = self.now.saturating_add(30 * 86_400_000);
        let pending = request.kind != Kind::Continued;
        let refused = match self.choices.fault? {
            Fault::NoNetworkRefuses => pending && !device.network,
            Fault::LockRefuses => pending && device.locked && request.power,
            Fault::PastDateRefuses => pending && request.earliest.is_some_and(|at| at < self.now),
            Fault::FarDateRefuses => pending && request.earliest.is_some_and(|at| at > month),
            Fault::CancelledForGood => self.forgotten.contains(&request.id),
            Fault::DeniedIsTooMany if self.launches_denied() => return Some(Code::TOO_MANY_PENDING),
            _ => false,
        };
        refused.then_some(Code::UNAVAILABLE)
    }

    /// Takes a submission in, or refuses it and leaves everything as it was.
    fn take(&mut self, caller: &Caller, request: Request) -> Result<(), (Code, Hidden)> {
        let always = |code| (code, Hidden::Never);
        let pattern = self.has(Fault::WildcardStringSubmits) && self.permit(&request.id) == Permit::Pattern;
        if !pattern && !matches!(self.permit(&request.id), Permit::Exact | Permit::Wildcard) {
            match self.choices.fault {
                Some(Fault::UnpermittedSubmits) => {}
                Some(Fault::UnpermittedIsUnavailable) => return Err(always(Code::UNAVAILABLE)),
                _ => return Err(always(Code::NOT_PERMITTED)),
            }
        }
        if let Some(code) = self.fault_answers(&request) {
            return Err(always(code));
        }
        self.environment(caller, &request).map_err(always)?;
        self.entitled(&request)?;
        self.switches(&request).map_err(|code| (code, Hidden::MayBe))?;
        let fate = if request.kind == Kind::Continued {
            self.continued_fate(&request)?
        } else {
            self.limits(&request).map_err(|code| (code, Hidden::MayBe))?;
            Fate::Held
        };
        if self.facts.platform == Platform::Mac && self.choices.inert_on_mac {
            return Ok(());
        }
        if matches!(fate, Fate::Held) {
            self.put(request);
        }
        Ok(())
    }

    /// Where background scheduling is not to be had at all.
    fn environment(&self, caller: &Caller, request: &Request) -> Result<(), Code> {
        let (platform, os) = (self.facts.platform, self.facts.os);
        let may_schedule = match caller {
            Caller::App => self.process.is_some(),
            Caller::Extension(name) => {
                let is_it = |extension: &&Extension| extension.name == *name;
                self.facts
                    .extensions
                    .iter()
                    .find(is_it)
                    .is_some_and(|extension| extension.schedules || self.has(Fault::AnyExtensionSchedules))
            }
        };
        let simulated = platform == Platform::Simulator && !self.has(Fault::SimulatorAccepts);
        let here = self.installed && !simulated && exists(request.kind, platform, os);
        if may_schedule && here {
            Ok(())
        } else {
            Err(Code::UNAVAILABLE)
        }
    }

    /// What the app must have been built with: background modes, entitlements, the right kind of entry.
    fn entitled(&self, request: &Request) -> Result<(), (Code, Hidden)> {
        let facts = &self.facts;
        let mode = match request.kind {
            Kind::Refresh => facts.has_mode(facts::FETCH),
            Kind::Processing | Kind::HealthResearch => facts.has_mode(facts::PROCESSING),
            Kind::Continued => !self.choices.continued_needs_mode || facts.has_mode(facts::PROCESSING),
        };
        let health = request.kind == Kind::HealthResearch;
        let mode = mode || self.has(Fault::IgnoresModes) || health && self.has(Fault::HealthNeedsNoMode);
        let opted_in = facts.study_opt_in || self.has(Fault::HealthWithoutOptIn);
        let in_study = facts.has_entitlement(facts::HEALTH_RESEARCH) && opted_in || self.has(Fault::HealthForEverybody);
        let gpu = (facts.gpu || self.has(Fault::GpuEverywhere))
            && (facts.has_entitlement(facts::GPU) || self.has(Fault::GpuForEverybody));
        let by_entry = request.kind == Kind::Continued
            || self.permit(&request.id) == Permit::Exact
            || self.choices.wildcard_for_other_kinds;
        if !by_entry || request.kind == Kind::HealthResearch && !in_study {
            Err((Code::NOT_PERMITTED, Hidden::Never))
        } else if !mode || request.gpu && !gpu {
            Err((Code::NOT_PERMITTED, Hidden::MayBe))
        } else {
            Ok(())
        }
    }

    /// The person's switches.
    fn switches(&self, request: &Request) -> Result<(), Code> {
        let refresh_off = match self.conditions.background_refresh {
            BackgroundRefresh::Available => false,
            BackgroundRefresh::Restricted if self.has(Fault::RestrictedAccepts) => false,
            BackgroundRefresh::Denied | BackgroundRefresh::Restricted => !self.has(Fault::RefreshOffAccepts),
        };
        let low_power = self.conditions.low_power && self.choices.low_power_refuses_submit;
        let unavailable = match request.kind {
            Kind::Refresh => refresh_off || low_power,
            Kind::Processing | Kind::HealthResearch => refresh_off,
            Kind::Continued => refresh_off && self.choices.refresh_off_refuses_continued,
        };
        if self.launches_denied() && !self.has(Fault::DeniedAccepts) {
            Err(Code::NOT_PERMITTED)
        } else if unavailable {
            Err(Code::UNAVAILABLE)
        } else {
            Ok(())
        }
    }

    /// How many requests of a kind may be pending. A request never competes with the one that it replaces.
    fn limits(&self, request: &Request) -> Result<(), Code> {
        let shares = self.choices.health_shares_processing_limit;
        let (limit, counted): (_, &[Kind]) = match request.kind {
            Kind::Refresh => (self.choices.refresh_limit, &[Kind::Refresh]),
            Kind::Processing if !shares => (self.choices.processing_limit, &[Kind::Processing]),
            Kind::Processing => (self.choices.processing_limit, &[Kind::Processing, Kind::HealthResearch]),
            Kind::HealthResearch if shares => {
                (self.choices.processing_limit, &[Kind::Processing, Kind::HealthResearch])
            }
            Kind::HealthResearch | Kind::Continued => return Ok(()),
        };
        if self
            .held(&request.id)
            .is_some_and(|old| old.request.kind == request.kind)
        {
            return Ok(());
        }
        let counts = |held: &&Held| counted.contains(&held.request.kind) && held.request.id != request.id;
        let runs = |task: &&Running| counted.contains(&task.kind()) && self.has(Fault::RunningCounts);
        let running = self.running.iter().filter(runs).count();
        if self.book.iter().filter(counts).count() + running < limit {
            Ok(())
        } else {
            Err(Code::TOO_MANY_PENDING)
        }
    }

    fn continued_fate(&self, request: &Request) -> Result<Fate, (Code, Hidden)> {
        if !self.in_foreground() && !self.has(Fault::BackgroundContinues) {
            return Err((Code::NOT_PERMITTED, Hidden::MayBe));
        }
        if !self.has_bundle_prefix(&request.id) {
            match self.choices.continued_without_prefix {
                WithoutPrefix::Refused => return Err((Code::NOT_PERMITTED, Hidden::MayBe)),
                WithoutPrefix::Dropped => return Ok(Fate::Dropped),
                WithoutPrefix::Accepted => {}
            }
        }
        let queues = request.strategy == Strategy::Queue;
        let same_runs = self
            .running
            .iter()
            .any(|task| task.name.id == request.id && task.is_continued());
        if same_runs && queues && !self.choices.resubmit_waits_for_running {
            return Err((Code::TOO_MANY_PENDING, Hidden::MayBe));
        }
        if self.never_runs(request) {
            return Ok(Fate::Held);
        }
        if self.has(Fault::FailIsLost) && !queues && self.can_start(request) {
            return Ok(Fate::Dropped);
        }
        let last = self.has(Fault::RefusesTheLastPlace) && !self.has_room_beside(1);
        if queues || self.can_start(request) && !last || self.has(Fault::FailWaits) {
            Ok(Fate::Held)
        } else {
            Err((Code::IMMEDIATE_RUN_INELIGIBLE, Hidden::Never))
        }
    }

    /// There is room for it, and so no reason to refuse it; beside a task of another kind of its identifier it does not run,
    /// and under `fail` it does not wait (SUB-18, CON-11).
    fn never_runs(&self, request: &Request) -> bool {
        let same_runs = |task: &Running| task.name.id == request.id && task.is_continued();
        request.kind == Kind::Continued
            && request.strategy == Strategy::Fail
            && self.is_busy(&request.id)
            && !self.running.iter().any(same_runs)
            && self.has_place(request)
    }

    /// Whether the identifier lies under the bundle identifier.
    fn has_bundle_prefix(&self, id: &Identifier) -> bool {
        let rest = id.as_str().strip_prefix(self.facts.bundle.as_str());
        rest.is_some_and(|rest| rest.starts_with('.'))
    }

    /// Makes a request outstanding in place of an older one of its identifier.
    pub fn put(&mut self, request: Request) {
        let place = self.book.iter().position(|held| held.request.id == request.id);
        let launching = self.process.as_ref().is_some_and(|process| !process.finished);
        let mut request = request;
        match (self.choices.fault, place) {
            (Some(Fault::AcceptedAndForgotten), _) if request.kind == Kind::Refresh => return,
            (Some(Fault::ForgottenWhileLaunching), _) if launching && request.kind != Kind::Continued => return,
            (Some(Fault::KeepsTheOld), Some(_)) => return,
            (Some(Fault::KeepsTheOldDate), Some(index)) => request.earliest = self.book[index].request.earliest,
            (Some(Fault::NeedsNetworkByDefault), _) if request.kind == Kind::Processing => request.network = true,
            _ => {}
        }
        let never = self.never_runs(&request);
        let held = Held {
            until: never.then(|| self.now.saturating_add(self.choices.submission_delay)),
            request,
            ready_since: None,
        };
        match place {
            Some(index) if self.choices.replacement_keeps_place => self.book[index] = held,
            Some(index) => {
                self.book.remove(index);
                self.book.push(held);
            }
            None => self.book.push(held),
        }
    }
}

/// Whether the synchronous submit may hide a refusal.
enum Hidden {
    Never,
    MayBe,
}

/// Where which kind of task exists.
fn exists(kind: Kind, platform: Platform, os: Version) -> bool {
    match kind {
        Kind::Refresh | Kind::Processing => true,
        Kind::HealthResearch => platform != Platform::Tvos && os >= Version::new(17, 0),
        Kind::Continued => matches!(platform, Platform::Iphone | Platform::Ipad) && os >= Version::new(26, 0),
    }
}
