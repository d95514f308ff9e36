//! The areas that the rules fall into.

use std::fmt;

use serde::{Deserialize, Serialize};

macro_rules! areas {
    ($($variant:ident = $code:literal, $title:literal;)*) => {
        /// An area of the rulebook: the letters of its rules' ids.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
        pub enum Area { $(#[doc = $title] #[serde(rename = $code)] $variant,)* }

        impl Area {
            /// Every area, in the order of the rulebook.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The letters of its rules' ids.
            #[must_use]
            pub const fn code(self) -> &'static str {
                match self { $(Self::$variant => $code,)* }
            }

            /// Its name in words.
            #[must_use]
            pub const fn title(self) -> &'static str {
                match self { $(Self::$variant => $title,)* }
            }
        }
    };
}

areas! {
    Configuration = "CFG", "configuration";
    Registration = "REG", "registration";
    Identifiers = "IDN", "identifiers and wildcards";
    Submission = "SUB", "submission";
    Cancelling = "CAN", "cancelling";
    PendingList = "PEN", "the pending list";
    Conditions = "CON", "conditions for a launch";
    Launch = "LAU", "launch and delivery";
    Expiration = "EXP", "running time and expiration";
    Completion = "CMP", "completion";
    Life = "LIF", "life of the app";
    Resources = "RES", "GPU and other resources";
    Progress = "PRG", "progress and keep-alive";
    Card = "UIX", "what the person sees";
    Debugging = "DBG", "debugging hooks";
    Data = "DAT", "data protection";
}

impl fmt::Display for Area {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}
