//! What the table of events says of each: the columns, and what follows from what an event carries.
//!
//! The rows stand in [`super::Event`]'s table, one an event. What hangs on the body alone (whom an event is about, what
//! a call of it answers, which attributes not every version has) is said once for each body, in [`Body`]: a body
//! without it does not compile. Nothing else in model and conformance lists events to decide by: who has to know a role,
//! a process, a subject or an answer asks here.

use super::exists::{Feature, Lack, Place};
use super::*;

/// A row of the table of events.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Row {
    /// Its name, as it stands in a trace.
    pub name: &'static str,
    /// What it means, in a line.
    pub means: &'static str,
    /// Who it belongs to.
    pub role: Role,
    /// Whose process it is about, and what becomes of it.
    pub process: Process,
    /// Whom it is about.
    pub about: About,
    /// What a call of it answers.
    pub answer: Answers,
    /// What has to be there for it (CFG-10).
    pub exists: Feature,
    /// It changes nothing but the requests, the handler and the tasks of whom it is about: where lines of it may be
    /// missing, everything else stands.
    pub is_narrow: bool,
    /// How it is said in the step language, and an example of each for the app `com.example.app`.
    pub steps: &'static [Sentence],
}

/// A sentence of the step language: how it is written, and an example.
pub type Sentence = (&'static str, &'static str);

impl Row {
    /// A row as most of its role are: calls and observations are of the process that lives, an input of none.
    pub(super) const fn usual(role: Role, about: About, answer: Answers) -> Self {
        let (process, answer, is_narrow) = match (role, about) {
            (Role::Call, About::Identifier | About::Task) => (Process::Lives, answer, true),
            (Role::Call, About::Nothing | About::Identifiers | About::EveryIdentifier) => {
                (Process::Lives, answer, false)
            }
            (Role::End | Role::Observation, _) => (Process::Lives, Answers::None, false),
            (Role::World | Role::Gap, _) => (Process::None, Answers::None, false),
        };
        Self {
            name: "",
            means: "",
            role,
            process,
            about,
            answer,
            exists: Feature::Scheduler,
            is_narrow,
            steps: &[],
        }
    }
}

/// Which process of the app an event is about. Calls of extensions are of none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Process {
    /// None: a line of it needs no process id.
    None,
    /// A new one, which starts with it.
    Starts,
    /// The one that lives.
    Lives,
    /// The one that lives, which ends with it.
    Dies,
    /// The one that lives, which ends with it, if there is one.
    Closes,
    /// None by name; whichever lives ends with it.
    Ends,
}

impl Process {
    /// Whether the process that lives, if one does, is over after it.
    #[must_use]
    pub const fn ends(self) -> bool {
        match self {
            Self::Dies | Self::Closes | Self::Ends => true,
            Self::None | Self::Starts | Self::Lives => false,
        }
    }

    /// Whether a line of it names the process that lives.
    #[must_use]
    pub const fn is_of_the_living(self) -> bool {
        match self {
            Self::Lives | Self::Dies | Self::Closes => true,
            Self::None | Self::Starts | Self::Ends => false,
        }
    }

    /// In a cell of a table.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Starts => "a new one starts",
            Self::Lives => "the one that lives",
            Self::Dies => "the one that lives; it ends",
            Self::Closes => "the one that lives, if any; it ends",
            Self::Ends => "none by name; any that lives ends",
        }
    }
}

/// Whom events of a name are about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum About {
    /// Nobody in particular.
    Nothing,
    /// One identifier.
    Identifier,
    /// Some identifiers, where they are told.
    Identifiers,
    /// Every identifier.
    EveryIdentifier,
    /// One task.
    Task,
}

impl About {
    /// In a cell of a table.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Nothing => "",
            Self::Identifier => "an identifier",
            Self::Identifiers => "identifiers, where told",
            Self::EveryIdentifier => "every identifier",
            Self::Task => "a task",
        }
    }
}

/// Whom an event is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Subject<'a> {
    /// Nobody in particular.
    Nothing,
    /// This identifier.
    Identifier(&'a Identifier),
    /// These identifiers; none where it is not told which.
    Identifiers(Option<&'a [Identifier]>),
    /// Every identifier.
    EveryIdentifier,
    /// This task.
    Task(&'a TaskName),
}

impl Subject<'_> {
    /// Whether it is about this identifier, a request or a task of it; one that is not told counts as another.
    #[must_use]
    pub fn is(self, id: &Identifier) -> bool {
        match self {
            Self::Nothing | Self::Identifiers(None) => false,
            Self::Identifier(other) => other == id,
            Self::Identifiers(Some(ids)) => ids.contains(id),
            Self::EveryIdentifier => true,
            Self::Task(task) => task.id == *id,
        }
    }
}

/// What calls of a name answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Answers {
    /// It is no call.
    None,
    /// [`RegisterAnswer`].
    Register,
    /// [`SubmitAnswer`].
    Submit,
    /// The pending list.
    Pending,
    /// [`Resources`].
    SupportedResources,
    /// [`WorkAnswer`].
    Work,
    /// [`ReturnAnswer`]: it returns nothing. Left out, it returned.
    Void,
}

impl Answers {
    /// Its name, as it stands in an [`Answer`]; none where it is no call.
    #[must_use]
    pub const fn name(self) -> Option<&'static str> {
        Some(match self {
            Self::None => return None,
            Self::Register => "register",
            Self::Submit => "submit",
            Self::Pending => "pending",
            Self::SupportedResources => "supported_resources",
            Self::Work => "work",
            Self::Void => "void",
        })
    }

    /// Whether a call has to say what it answered.
    #[must_use]
    pub const fn has_to_be_told(self) -> bool {
        match self {
            Self::None | Self::Void => false,
            Self::Register | Self::Submit | Self::Pending | Self::SupportedResources | Self::Work => true,
        }
    }
}

/// An answer where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answered<'a> {
    /// Of a registration.
    Register(&'a RegisterAnswer),
    /// Of a submission.
    Submit(&'a SubmitAnswer),
    /// The pending list.
    Pending(&'a [Request]),
    /// The supported resources.
    SupportedResources(Resources),
    /// Of work or a read.
    Work(WorkAnswer),
    /// Of a call that returns nothing.
    Void(&'a ReturnAnswer),
}

impl Answered<'_> {
    /// It, apart from where it stands.
    #[must_use]
    pub fn to_answer(self) -> Answer {
        match self {
            Self::Register(answer) => Answer::Register(answer.clone()),
            Self::Submit(answer) => Answer::Submit(answer.clone()),
            Self::Pending(list) => Answer::Pending(list.to_vec()),
            Self::SupportedResources(resources) => Answer::SupportedResources(resources),
            Self::Work(answer) => Answer::Work(answer),
            Self::Void(answer) => Answer::Void(answer.clone()),
        }
    }

    /// Of which calls it is.
    #[must_use]
    pub const fn of(self) -> Answers {
        match self {
            Self::Register(_) => Answers::Register,
            Self::Submit(_) => Answers::Submit,
            Self::Pending(_) => Answers::Pending,
            Self::SupportedResources(_) => Answers::SupportedResources,
            Self::Work(_) => Answers::Work,
            Self::Void(_) => Answers::Void,
        }
    }

    /// The text of the exception, where it is one.
    #[must_use]
    pub fn raised(&self) -> Option<&str> {
        match self {
            Self::Register(RegisterAnswer::Raised(text))
            | Self::Submit(SubmitAnswer::Raised(text))
            | Self::Void(ReturnAnswer::Raised(text)) => Some(text),
            Self::Register(RegisterAnswer::Returned(_))
            | Self::Submit(SubmitAnswer::Accepted | SubmitAnswer::Refused(_))
            | Self::Void(ReturnAnswer::Returned)
            | Self::Pending(_)
            | Self::SupportedResources(_)
            | Self::Work(_) => None,
        }
    }
}

impl Answer {
    /// It, where it stands.
    #[must_use]
    pub fn answered(&self) -> Answered<'_> {
        match self {
            Self::Register(answer) => Answered::Register(answer),
            Self::Submit(answer) => Answered::Submit(answer),
            Self::Pending(list) => Answered::Pending(list),
            Self::SupportedResources(resources) => Answered::SupportedResources(*resources),
            Self::Work(answer) => Answered::Work(*answer),
            Self::Void(answer) => Answered::Void(answer),
        }
    }
}

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
