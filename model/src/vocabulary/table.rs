//! What the table of events says of each: the columns, and what follows from what an event carries.
//!
//! The rows stand in [`super::Event`]'s table, one an event. What hangs on the body alone (whom an event is about, what
//! a call of it answers, which attributes not every version has) is said once for each body, in [`Body`]: a body
//! without it does not compile. Nothing else in model and conformance lists events to decide by: who has to know a role,
//! a process, a subject or an answer asks here.

use super::exists::Feature;
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
