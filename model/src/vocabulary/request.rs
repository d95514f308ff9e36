//! Task requests and their attributes.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::{Identifier, Millis};

/// The kind of a task and of its request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// `BGAppRefreshTask`: a short update of content.
    Refresh,
    /// `BGProcessingTask`: minutes of work while nobody uses the device.
    Processing,
    /// `BGHealthResearchTask`: processing for a study (from iOS 17).
    HealthResearch,
    /// `BGContinuedProcessingTask`: work that a person began in the foreground (from iOS 26).
    Continued,
}

impl Kind {
    /// Every kind, in the order of their appearance in iOS.
    pub const ALL: [Self; 4] = [Self::Refresh, Self::Processing, Self::HealthResearch, Self::Continued];
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Refresh => "refresh",
            Self::Processing => "processing",
            Self::HealthResearch => "health research",
            Self::Continued => "continued",
        })
    }
}

/// What a continued request does when it cannot start at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Strategy {
    /// It is refused.
    Fail,
    /// It waits. The default (SUB-26).
    #[default]
    Queue,
}

/// The class of protected data: what a health research task needs, or what a protected read reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Protection {
    /// Readable at any time.
    None,
    /// Readable while unlocked only (keychain: whenUnlocked).
    Complete,
    /// A file that was open stays readable while locked.
    CompleteUnlessOpen,
    /// Readable from the first unlock after a boot (keychain: afterFirstUnlock). The default (SUB-26).
    #[default]
    CompleteUntilFirstUserAuthentication,
    /// Readable while the person uses the device.
    CompleteWhenUserInactive,
}

/// Declares a struct with the attributes of a request and some fields of its own behind them.
macro_rules! with_request_attributes {
    ($(#[$head:meta])* pub struct $name:ident { $($(#[$meta:meta])* pub $field:ident: $type:ty,)* }) => {
        $(#[$head])*
        #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
        #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
        #[serde(deny_unknown_fields)]
        pub struct $name {
            /// The identifier.
            pub id: Identifier,
            /// The kind.
            pub kind: Kind,
            /// `earliestBeginDate`, on the clock of the trace.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            pub earliest: Option<Millis>,
            /// `requiresNetworkConnectivity`.
            #[serde(default, skip_serializing_if = "is_default")]
            pub network: bool,
            /// `requiresExternalPower`.
            #[serde(default, skip_serializing_if = "is_default")]
            pub power: bool,
            /// `protectionTypeOfRequiredData` of a health research request.
            #[serde(default, skip_serializing_if = "is_default")]
            pub protection: Protection,
            /// `strategy` of a continued request.
            #[serde(default, skip_serializing_if = "is_default")]
            pub strategy: Strategy,
            /// Whether `requiredResources` of a continued request contains the GPU.
            #[serde(default, skip_serializing_if = "is_default")]
            pub gpu: bool,
            /// `title` of a continued request.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            pub title: Option<String>,
            /// `subtitle` of a continued request.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            pub subtitle: Option<String>,
            $($(#[$meta])* pub $field: $type,)*
        }

        impl $name {
            /// The kind or the attribute that is not there (CFG-10).
            pub(crate) fn attribute_lack(&self, place: &crate::vocabulary::Place) -> Option<crate::vocabulary::Lack> {
                let requires = [self.network, self.power];
                let continued = [self.gpu, self.title.is_some(), self.subtitle.is_some()];
                crate::vocabulary::attribute_lack(
                    *place, self.kind, requires, self.protection, self.strategy, continued,
                )
            }
        }
    };
}
pub(super) use with_request_attributes;

with_request_attributes! {
    /// A task request: what is submitted, and what the pending list shows. An attribute left out has its default
    /// (SUB-26).
    pub struct Request {}
}

impl Request {
    /// A request with the defaults; a continued one gets an empty title and subtitle, which are strings (SUB-21).
    #[must_use]
    pub fn new(id: impl Into<Identifier>, kind: Kind) -> Self {
        let text = (kind == Kind::Continued).then(String::new);
        Self {
            id: id.into(),
            kind,
            earliest: None,
            network: false,
            power: false,
            protection: Protection::default(),
            strategy: Strategy::default(),
            gpu: false,
            title: text.clone(),
            subtitle: text,
        }
    }
}

pub(super) fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}
