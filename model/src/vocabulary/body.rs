//! What follows from what an event carries: whom it is about, what a call of it answers, which attributes not every version
//! has. It is said once for each body; one without it does not compile.

use super::exists::{Feature, Lack, Place};
use super::table::{About, Answered, Answers, Subject};
use super::*;

/// What an event carries, and what follows from that.
pub trait Body {
    /// Whom events with it are about.
    const ABOUT: About = About::Nothing;
    /// What a call with it answers.
    const ANSWER: Answers = Answers::Void;
    /// A call with it submits the request that it carries.
    const SUBMITS: bool = false;

    /// Whom it is about.
    fn subject(&self) -> Subject<'_>;

    /// Its answer, where it is a call that has one.
    fn answer(&self) -> Option<Answered<'_>> {
        None
    }

    /// Fills in the answer.
    ///
    /// # Errors
    /// It has no place for this answer, which is given back.
    fn put_answer(&mut self, answer: Answer) -> Result<(), Answer> {
        Err(answer)
    }

    /// Takes the answer away.
    fn unanswer(&mut self) {}

    /// The request that it carries.
    fn request(&self) -> Option<Request> {
        None
    }

    /// Puts another request in the place of the one that it carries.
    fn put_request(&mut self, request: Request) {
        let _ = request;
    }

    /// The date of its request, where it carries one.
    fn date_mut(&mut self) -> Option<&mut Millis> {
        None
    }

    /// What it carries and is not there, whatever the event (CFG-10).
    fn lack(&self, place: &Place) -> Option<Lack> {
        let _ = place;
        None
    }
}

macro_rules! about {
    (nothing: $($body:ty),*) => {
        $(impl Body for $body {
            fn subject(&self) -> Subject<'_> {
                Subject::Nothing
            }
        })*
    };
    (task: $($body:ty),*) => {
        $(impl Body for $body {
            const ABOUT: About = About::Task;
            fn subject(&self) -> Subject<'_> {
                Subject::Task(&self.task)
            }
        })*
    };
    (identifier: $($body:ty),*) => {
        $(impl Body for $body {
            const ABOUT: About = About::Identifier;
            fn subject(&self) -> Subject<'_> {
                Subject::Identifier(&self.id)
            }
        })*
    };
}

about!(nothing: Empty, AppFacts, Started, KeptAwake, Crashed, Debugger, OfQueue, Answer, Killed, SubmissionCompleted);
about!(task: OfTask, SetExpirationHandler, Progress, UpdateTitle, Complete, Expired, Card);
about!(identifier: OfIdentifier, DeliveryRaised);

/// The answer of a body, kept in a field of its own.
macro_rules! answers {
    ($kind:ident: $answer:ident => $shown:expr) => {
        const ANSWER: Answers = Answers::$kind;

        fn answer(&self) -> Option<Answered<'_>> {
            self.answer.as_ref().map(|$answer| Answered::$kind($shown))
        }

        fn put_answer(&mut self, answer: Answer) -> Result<(), Answer> {
            match answer {
                Answer::$kind(answer) => {
                    self.answer = Some(answer);
                    Ok(())
                }
                other => Err(other),
            }
        }

        fn unanswer(&mut self) {
            self.answer = None;
        }
    };
}

impl Body for Device {
    fn subject(&self) -> Subject<'_> {
        Subject::Nothing
    }

    fn lack(&self, place: &Place) -> Option<Lack> {
        let denied = self.background_launches_denied == Some(true);
        let taken = self.places_taken.is_some_and(|places| places > 0);
        let denied = denied.then_some(("background_launches_denied", Feature::LaunchDenial));
        let taken = taken.then_some(("places_taken", Feature::Continued));
        denied
            .into_iter()
            .chain(taken)
            .find_map(|(what, feature)| place.lacks(feature).then(|| Lack::of(what, feature)))
    }
}

impl Body for Register {
    const ABOUT: About = About::Identifier;

    fn subject(&self) -> Subject<'_> {
        Subject::Identifier(&self.id)
    }

    fn lack(&self, place: &Place) -> Option<Lack> {
        (self.through == Some(Through::Swiftui) && place.lacks(Feature::SwiftUi))
            .then(|| Lack::of("through swiftui", Feature::SwiftUi))
    }

    answers!(Register: answer => answer);
}

impl Body for Submit {
    const ABOUT: About = About::Identifier;
    const SUBMITS: bool = true;

    fn subject(&self) -> Subject<'_> {
        Subject::Identifier(&self.id)
    }

    fn request(&self) -> Option<Request> {
        Some(Submit::request(self))
    }

    fn put_request(&mut self, request: Request) {
        *self = Self {
            answer: self.answer.take(),
            ..Self::of(request)
        };
    }

    fn date_mut(&mut self) -> Option<&mut Millis> {
        self.earliest.as_mut()
    }

    fn lack(&self, place: &Place) -> Option<Lack> {
        self.attribute_lack(place)
    }

    answers!(Submit: answer => answer);
}

impl Body for SubmitAsync {
    const ABOUT: About = About::Identifier;
    const SUBMITS: bool = true;

    fn subject(&self) -> Subject<'_> {
        Subject::Identifier(&self.id)
    }

    fn request(&self) -> Option<Request> {
        Some(SubmitAsync::request(self))
    }

    fn put_request(&mut self, request: Request) {
        *self = Self {
            answer: self.answer.take(),
            ..Self::of(request, self.submission)
        };
    }

    fn date_mut(&mut self) -> Option<&mut Millis> {
        self.earliest.as_mut()
    }

    fn lack(&self, place: &Place) -> Option<Lack> {
        self.attribute_lack(place)
    }

    answers!(Void: answer => answer);
}

impl Body for Request {
    const ABOUT: About = About::Identifier;

    fn subject(&self) -> Subject<'_> {
        Subject::Identifier(&self.id)
    }

    fn request(&self) -> Option<Request> {
        Some(self.clone())
    }

    fn put_request(&mut self, request: Request) {
        *self = request;
    }

    fn date_mut(&mut self) -> Option<&mut Millis> {
        self.earliest.as_mut()
    }

    fn lack(&self, place: &Place) -> Option<Lack> {
        self.attribute_lack(place)
    }
}

impl Body for Pending {
    fn subject(&self) -> Subject<'_> {
        Subject::Nothing
    }

    answers!(Pending: list => list);
}

impl Body for SupportedResources {
    fn subject(&self) -> Subject<'_> {
        Subject::Nothing
    }

    answers!(SupportedResources: resources => *resources);
}

impl Body for Work {
    fn subject(&self) -> Subject<'_> {
        Subject::Nothing
    }

    answers!(Work: answer => *answer);
}

impl Body for ProtectedRead {
    fn subject(&self) -> Subject<'_> {
        Subject::Nothing
    }

    answers!(Work: answer => *answer);
}

impl Body for Launched {
    const ABOUT: About = About::Identifiers;

    fn subject(&self) -> Subject<'_> {
        Subject::Identifiers(self.ids.as_deref())
    }
}

impl Body for Delivered {
    const ABOUT: About = About::Task;

    fn subject(&self) -> Subject<'_> {
        Subject::Task(&self.task)
    }

    fn lack(&self, place: &Place) -> Option<Lack> {
        place.lack_of_kind(self.kind)
    }
}

impl Body for Gap {
    const ABOUT: About = About::Identifiers;

    fn subject(&self) -> Subject<'_> {
        Subject::Identifiers(self.ids.as_deref())
    }
}
