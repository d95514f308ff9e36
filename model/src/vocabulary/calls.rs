//! What calls of the app carry, and what they answer.

use std::fmt;

use serde::ser::SerializeMap as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use super::request::{is_default, with_request_attributes};
use super::*;

/// A registration of a launch handler.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Register {
    /// The identifier.
    pub id: Identifier,
    /// The queue that the handler is to run on; none given means the scheduler's own (REG-9).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub queue: Option<String>,
    /// What registers in the app's stead, where something does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub through: Option<Through>,
    /// What the call answered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answer: Option<RegisterAnswer>,
}

impl Register {
    /// A registration on the scheduler's own queue, not yet answered.
    #[must_use]
    pub fn new(id: impl Into<Identifier>) -> Self {
        Self {
            id: id.into(),
            queue: None,
            through: None,
            answer: None,
        }
    }
}

/// What registers a handler in the app's stead.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Through {
    /// SwiftUI's `.backgroundTask`: its tasks expire by the cancellation of their Swift task, and the return of the closure
    /// completes them.
    Swiftui,
}

/// The answer of a registration: `true`, `false`, or `{"raised":"…"}`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum RegisterAnswer {
    /// It returned.
    Returned(bool),
    /// It raised an exception with this text.
    Raised(String),
}

impl Serialize for RegisterAnswer {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Returned(value) => serializer.serialize_bool(*value),
            Self::Raised(text) => serializer.serialize_newtype_variant("RegisterAnswer", 1, "raised", text),
        }
    }
}

impl<'de> Deserialize<'de> for RegisterAnswer {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;
        impl<'de> de::Visitor<'de> for Visitor {
            type Value = RegisterAnswer;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("the answer of a registration: true, false, or {\"raised\":\"text\"}")
            }
            fn visit_bool<E>(self, value: bool) -> Result<RegisterAnswer, E> {
                Ok(RegisterAnswer::Returned(value))
            }
            fn visit_map<A: de::MapAccess<'de>>(self, mut map: A) -> Result<RegisterAnswer, A::Error> {
                const ONLY: &[&str] = &["raised"];
                let Some(key) = map.next_key::<String>()? else {
                    return Err(de::Error::missing_field("raised"));
                };
                if key != "raised" {
                    return Err(de::Error::unknown_field(&key, ONLY));
                }
                let text = map.next_value()?;
                if let Some(key) = map.next_key::<String>()? {
                    return Err(de::Error::unknown_field(&key, ONLY));
                }
                Ok(RegisterAnswer::Raised(text))
            }
        }
        deserializer.deserialize_any(Visitor)
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for RegisterAnswer {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "RegisterAnswer".into()
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "description": "true, false, or the text of the exception.",
            "oneOf": [
                { "type": "boolean" },
                {
                    "type": "object",
                    "properties": { "raised": { "type": "string" } },
                    "required": ["raised"],
                    "additionalProperties": false
                }
            ]
        })
    }
}

with_request_attributes! {
    /// A submission, synchronous.
    pub struct Submit {
        /// What the call answered.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub answer: Option<SubmitAnswer>,
    }
}

with_request_attributes! {
    /// A submission, asynchronous. The call itself returns nothing or raises.
    pub struct SubmitAsync {
        /// A number that its `submission_completed` repeats; no two submissions of a trace share one.
        pub submission: u32,
        /// What the call answered: nothing, or an exception.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub answer: Option<ReturnAnswer>,
    }
}

macro_rules! carries_request {
    ($name:ident { $($own:ident),* }: $($attribute:ident)*) => {
        impl $name {
            /// The submission of a request, not yet answered.
            #[must_use]
            pub fn of(request: Request, $($own: u32)*) -> Self {
                let Request { $($attribute),* } = request;
                Self { $($attribute,)* $($own,)* answer: None }
            }

            /// The request that is submitted.
            #[must_use]
            pub fn request(&self) -> Request {
                Request { $($attribute: self.$attribute.clone()),* }
            }
        }
    };
}
carries_request!(Submit {}: id kind earliest network power protection strategy gpu title subtitle);
carries_request!(SubmitAsync { submission }: id kind earliest network power protection strategy gpu title subtitle);

/// The answer of a synchronous submission: `"accepted"`, `{"refused":3}` with a `domain` and a `text` where they are
/// told, or `{"raised":"…"}`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum SubmitAnswer {
    /// It reported success.
    Accepted,
    /// It failed with this error.
    Refused(Refusal),
    /// It raised an exception with this text.
    Raised(String),
}

impl Serialize for SubmitAnswer {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let fields = match self {
            Self::Accepted => return serializer.serialize_str("accepted"),
            Self::Raised(_) => 1,
            Self::Refused(refusal) => 1 + usize::from(refusal.domain.is_some()) + usize::from(refusal.text.is_some()),
        };
        let mut map = serializer.serialize_map(Some(fields))?;
        match self {
            Self::Accepted => {}
            Self::Raised(text) => map.serialize_entry("raised", text)?,
            Self::Refused(refusal) => {
                map.serialize_entry("refused", &refusal.code)?;
                if let Some(domain) = &refusal.domain {
                    map.serialize_entry("domain", domain)?;
                }
                if let Some(text) = &refusal.text {
                    map.serialize_entry("text", text)?;
                }
            }
        }
        map.end()
    }
}

impl<'de> Deserialize<'de> for SubmitAnswer {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;
        impl<'de> de::Visitor<'de> for Visitor {
            type Value = SubmitAnswer;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(
                    "the answer of a submission: \"accepted\", {\"refused\":3} with its code, or {\"raised\":\"text\"}",
                )
            }
            fn visit_str<E: de::Error>(self, text: &str) -> Result<SubmitAnswer, E> {
                match text {
                    "accepted" => Ok(SubmitAnswer::Accepted),
                    other => Err(E::unknown_variant(other, &["accepted", "refused", "raised"])),
                }
            }
            fn visit_map<A: de::MapAccess<'de>>(self, mut map: A) -> Result<SubmitAnswer, A::Error> {
                const REFUSED: &[&str] = &["refused", "domain", "text"];
                let Some(key) = map.next_key::<String>()? else {
                    return Err(de::Error::custom("an empty object; expected `refused` or `raised`"));
                };
                if key == "raised" {
                    let text = map.next_value()?;
                    return match map.next_key::<String>()? {
                        Some(key) => Err(de::Error::unknown_field(&key, &["raised"])),
                        None => Ok(SubmitAnswer::Raised(text)),
                    };
                }
                let (mut code, mut domain, mut text) = (None, None, None);
                let mut key = Some(key);
                while let Some(name) = key {
                    let twice = match name.as_str() {
                        "refused" => code.replace(map.next_value()?).is_some(),
                        "domain" => domain.replace(map.next_value()?).is_some(),
                        "text" => text.replace(map.next_value()?).is_some(),
                        "raised" => return Err(de::Error::unknown_field("raised", REFUSED)),
                        other if code.is_none() => {
                            return Err(de::Error::unknown_variant(other, &["accepted", "refused", "raised"]));
                        }
                        other => return Err(de::Error::unknown_field(other, REFUSED)),
                    };
                    if twice {
                        return Err(de::Error::custom(format!("duplicate field `{name}`")));
                    }
                    key = map.next_key()?;
                }
                let code = code.ok_or_else(|| de::Error::missing_field("refused"))?;
                Ok(SubmitAnswer::Refused(Refusal { code, domain, text }))
            }
        }
        deserializer.deserialize_any(Visitor)
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for SubmitAnswer {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "SubmitAnswer".into()
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "description": "accepted, the error of a refusal, or the text of an exception.",
            "oneOf": [
                { "const": "accepted" },
                {
                    "type": "object",
                    "properties": {
                        "refused": { "type": "integer", "format": "int64", "description": "The error's code." },
                        "domain": { "type": "string", "description": "The error's domain; left out: the scheduler's." },
                        "text": { "type": "string", "description": "The error's text, as it was logged." }
                    },
                    "required": ["refused"],
                    "additionalProperties": false
                },
                {
                    "type": "object",
                    "properties": { "raised": { "type": "string" } },
                    "required": ["raised"],
                    "additionalProperties": false
                }
            ]
        })
    }
}

/// The error of a refused submission.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Refusal {
    /// Its code.
    pub code: Code,
    /// Its domain; left out, it is the scheduler's.
    pub domain: Option<String>,
    /// Its text, as it was logged.
    pub text: Option<String>,
}

impl Refusal {
    /// The domain of the scheduler's own errors.
    pub const DOMAIN: &'static str = "BGTaskSchedulerErrorDomain";

    /// Whether it is an error of another domain than the scheduler's, and its code none of the scheduler's codes.
    #[must_use]
    pub fn is_foreign(&self) -> bool {
        self.domain.as_ref().is_some_and(|domain| domain != Self::DOMAIN)
    }
}

impl From<Code> for Refusal {
    fn from(code: Code) -> Self {
        Self {
            code,
            domain: None,
            text: None,
        }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.domain {
            Some(domain) if self.is_foreign() => write!(f, "code {} of {domain}", self.code.0)?,
            Some(_) | None => write!(f, "{}", self.code)?,
        }
        match &self.text {
            Some(text) => write!(f, " '{text}'"),
            None => Ok(()),
        }
    }
}

/// The code of a `BGTaskScheduler.Error`, as a number.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct Code(pub i64);

impl Code {
    /// Background scheduling is not available to the app or in this environment.
    pub const UNAVAILABLE: Self = Self(1);
    /// A limit of pending requests is reached.
    pub const TOO_MANY_PENDING: Self = Self(2);
    /// The app may not schedule this.
    pub const NOT_PERMITTED: Self = Self(3);
    /// A continued request with strategy `fail` cannot start at once (from iOS 26).
    pub const IMMEDIATE_RUN_INELIGIBLE: Self = Self(4);
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::UNAVAILABLE => f.write_str("unavailable (1)"),
            Self::TOO_MANY_PENDING => f.write_str("tooManyPendingTaskRequests (2)"),
            Self::NOT_PERMITTED => f.write_str("notPermitted (3)"),
            Self::IMMEDIATE_RUN_INELIGIBLE => f.write_str("immediateRunIneligible (4)"),
            Self(other) => write!(f, "code {other}"),
        }
    }
}

impl fmt::Debug for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

/// The answer of a call that returns nothing.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum ReturnAnswer {
    /// It returned.
    Returned,
    /// It raised an exception with this text.
    Raised(String),
}

/// The app asks for the pending list.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Pending {
    /// The list that it got, in any order.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answer: Option<Vec<Request>>,
}

/// The app asks which resources the device supports for background work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct SupportedResources {
    /// What it got.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answer: Option<Resources>,
}

/// What `supportedResources` contains.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Resources {
    /// The GPU, in the background.
    pub gpu: bool,
}

/// The app sets a task's expiration handler.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct SetExpirationHandler {
    /// The task.
    pub task: TaskName,
    /// Whether a handler is set from now on; `false` takes it away.
    #[serde(default = "yes", skip_serializing_if = "is_yes")]
    pub set: bool,
}

fn yes() -> bool {
    true
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
fn is_yes(set: &bool) -> bool {
    *set
}

/// The app sets the progress of a continued task; what is left out stays as it was.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Progress {
    /// The task.
    pub task: TaskName,
    /// `totalUnitCount`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub total: Option<i64>,
    /// `completedUnitCount`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub completed: Option<i64>,
    /// What child progress alone contributes to `fractionCompleted`, from 0 to 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub child: Option<f64>,
}

/// The app changes the texts of a continued task.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct UpdateTitle {
    /// The task.
    pub task: TaskName,
    /// The new title.
    pub title: String,
    /// The new subtitle.
    pub subtitle: String,
}

/// The app completes a task.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Complete {
    /// The task.
    pub task: TaskName,
    /// Whether it reports success.
    pub success: bool,
}

/// The app uses a resource.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Work {
    /// Whether the device did it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answer: Option<WorkAnswer>,
}

/// What the device answers to work or a read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum WorkAnswer {
    /// Done.
    Succeeded,
    /// Refused for lack of permission or protection.
    Failed,
}

/// The app reads protected data.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ProtectedRead {
    /// The class of the data.
    pub class: Protection,
    /// What came of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answer: Option<WorkAnswer>,
}

/// The answer of a call that overlaps others: the call's name, and its answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    /// Of `register`.
    Register(RegisterAnswer),
    /// Of `submit`.
    Submit(SubmitAnswer),
    /// Of `pending`.
    Pending(Vec<Request>),
    /// Of `supported_resources`.
    SupportedResources(Resources),
    /// Of `gpu_work`, `neural_engine_work` and `protected_read`.
    Work(WorkAnswer),
    /// Of every call that returns nothing.
    Void(ReturnAnswer),
}
