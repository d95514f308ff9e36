//! How calls fail, and the texts of exceptions.

use bgspec_model::vocabulary::{Code, Identifier};

/// An exception. In an app nobody catches it, and the process ends.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{text}")]
pub struct Raised {
    /// What the exception says.
    pub text: String,
}

/// Why a submission failed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SubmitError {
    /// It was refused.
    #[error("{0}")]
    Refused(Code),
    /// It raised an exception.
    #[error(transparent)]
    Raised(#[from] Raised),
}

pub(super) fn registered_twice(id: &Identifier) -> Raised {
    Raised {
        text: format!("Launch handler for task with identifier {id} has already been registered"),
    }
}

pub(super) fn registered_late() -> Raised {
    Raised {
        text: "All launch handlers must be registered before application finishes launching".to_owned(),
    }
}

pub(super) fn no_handler(id: &Identifier) -> Raised {
    Raised {
        text: format!("No launch handler registered for task with identifier {id}"),
    }
}
