//! What a scheduler is told once: the app's facts and the device's make.

use bgspec_model::vocabulary::{AppFacts, Device, Extension, Header, Permitted, Platform, Version};

/// The background mode that refresh needs.
pub(super) const FETCH: &str = "fetch";
/// The background mode that processing and health research need.
pub(super) const PROCESSING: &str = "processing";
/// The entitlement that health research needs.
pub(super) const HEALTH_RESEARCH: &str = "com.apple.developer.backgroundtasks.healthresearch";
/// The entitlement for the GPU in the background.
pub(super) const GPU: &str = "com.apple.developer.background-tasks.continued-processing.gpu";
/// The entitlement for the Neural Engine in the background.
pub(super) const INFERENCE: &str = "com.apple.developer.background-tasks.continued-processing.inference";

/// The facts of an app and of the device that it runs on.
///
/// ```
/// use bgspec_conformance::reference::Facts;
/// use bgspec_model::vocabulary::Version;
/// let facts = Facts::new(Version::new(26, 1), "com.example.app")
///     .permits("com.example.app.sync")
///     .mode("fetch");
/// assert_eq!(facts.modes, ["fetch"]);
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facts {
    /// The version of iOS.
    pub os: Version,
    /// The kind of device and environment.
    pub platform: Platform,
    /// Whether the device supports background GPU.
    pub gpu: bool,
    /// Whether the device has a passcode.
    pub passcode: bool,
    /// The app's bundle identifier.
    pub bundle: String,
    /// `BGTaskSchedulerPermittedIdentifiers`.
    pub permitted: Permitted,
    /// `UIBackgroundModes`.
    pub modes: Vec<String>,
    /// The app's entitlements.
    pub entitlements: Vec<String>,
    /// The person takes part in the study of a health research app.
    pub study_opt_in: bool,
    /// The app's extensions that call the scheduler.
    pub extensions: Vec<Extension>,
    /// The device's conditions at the beginning; what is left out is ordinary ([`Device::ORDINARY`]).
    pub device: Device,
}

impl Facts {
    /// An app with nothing in its Info.plist, on an iPhone in ordinary condition.
    #[must_use]
    pub fn new(os: Version, bundle: &str) -> Self {
        Self::of(&Header::new(os, bundle))
    }

    /// The facts that the header of a trace states.
    #[must_use]
    pub fn of(header: &Header) -> Self {
        Self {
            os: header.os,
            platform: header.platform(),
            gpu: header.gpu,
            passcode: header.has_passcode(),
            bundle: header.bundle.clone(),
            permitted: header.permitted.clone(),
            modes: header.modes.clone(),
            entitlements: header.entitlements.clone(),
            study_opt_in: header.study_opt_in,
            extensions: header.extensions.clone(),
            device: header.device,
        }
    }

    /// With one more permitted identifier or wildcard entry.
    #[must_use]
    pub fn permits(mut self, entry: &str) -> Self {
        let mut entries = self.permitted.entries().to_vec();
        entries.push(entry.to_owned());
        self.permitted = Permitted::List(entries);
        self
    }

    /// With one more background mode: `fetch` or `processing`.
    #[must_use]
    pub fn mode(mut self, mode: &str) -> Self {
        self.modes.push(mode.to_owned());
        self
    }

    /// With one more entitlement.
    #[must_use]
    pub fn entitlement(mut self, entitlement: &str) -> Self {
        self.entitlements.push(entitlement.to_owned());
        self
    }

    pub(super) fn has_mode(&self, mode: &str) -> bool {
        self.modes.iter().any(|has| has == mode)
    }

    pub(super) fn has_entitlement(&self, entitlement: &str) -> bool {
        self.entitlements.iter().any(|has| has == entitlement)
    }

    /// An update: what it leaves out stays as it was.
    pub(super) fn update(&mut self, new: AppFacts) {
        let AppFacts {
            os,
            permitted,
            modes,
            entitlements,
            study_opt_in,
        } = new;
        self.os = os.unwrap_or(self.os);
        if let Some(permitted) = permitted {
            self.permitted = permitted;
        }
        if let Some(modes) = modes {
            self.modes = modes;
        }
        if let Some(entitlements) = entitlements {
            self.entitlements = entitlements;
        }
        if let Some(opt_in) = study_opt_in {
            self.study_opt_in = opt_in;
        }
    }
}
