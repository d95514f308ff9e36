//! Asks the oracle what an app may register and submit, and with which addition more.
//!
//! The app runs on an ordinary device: in the foreground, with the person's switches on. What would be refused there
//! even to an app with every mode and entitlement is a matter of the moment and not of the files: it is told apart.
//! Where it is not told whether an identifier begins with the bundle identifier, both are asked.

use std::fmt;

use bgspec_model::context::names;
use bgspec_model::oracle::offers::Offer;
use bgspec_model::oracle::{Malformed, Oracle, Terms};
use bgspec_model::profile::Named;
use bgspec_model::rule::Rule;
use bgspec_model::see::Allowed;
use bgspec_model::vocabulary::{
    Device, Empty, Event, Header, Kind, Permitted, Platform, Pressure, Record, Register, RegisterAnswer, Request,
    Started, Starter, Submit, Version,
};

use super::Versions;
use super::subject::{MODES as MODES_KEY, PERMITTED, Subject};

/// A call that is asked about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Call {
    /// Registering the string of a wildcard entry itself.
    RegisterString,
    /// Registering a handler.
    Register {
        /// After launch has finished.
        late: bool,
    },
    /// Submitting a request, its handler registered.
    Submit {
        /// Of this kind.
        kind: Kind,
        /// It requires the GPU, on an iPad that has it for background work.
        gpu: bool,
    },
}

impl Call {
    /// Every submission that is asked about.
    pub fn submissions() -> impl Iterator<Item = Self> {
        let plain = Kind::ALL.into_iter().map(|kind| Self::Submit { kind, gpu: false });
        let gpu = Self::Submit {
            kind: Kind::Continued,
            gpu: true,
        };
        plain.chain([gpu])
    }
}

/// What one call may answer, in each version.
#[derive(Debug, Clone)]
pub struct Answered {
    /// The call.
    pub call: Call,
    /// The versions that answer alike, in order. Versions without the call are left out.
    pub spans: Vec<Span>,
}

/// Versions that answer alike.
#[derive(Debug, Clone)]
pub struct Span {
    /// The first of them.
    pub since: Version,
    /// The first one behind them.
    pub until: Option<Version>,
    /// Whether it works.
    pub verdict: Verdict,
    /// The answers that the files lead to.
    pub offers: Vec<Offer>,
    /// Where no entitlements were given: the answers of an app that has them all, if they help it.
    pub entitled: Option<Vec<Offer>>,
    /// Where it hangs on the bundle identifier: what holds if the identifier begins with it.
    pub inside: Option<Inside>,
    /// The rules by which any app may be refused at the moment.
    pub at_the_moment: Vec<&'static Rule>,
    /// Additions with which it would surely work, and of which none can be left out.
    pub remedy: Vec<Addition>,
}

/// What holds of an identifier that begins with the bundle identifier.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Inside {
    /// Whether it works.
    pub verdict: Verdict,
    /// The answers that the files lead to.
    pub offers: Vec<Offer>,
}

/// Whether a call works.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Nothing in the files stands against it.
    Works,
    /// It hangs on the bundle identifier, which is not told.
    HangsOnBundle,
    /// It may work; the sources leave it open.
    Open,
    /// It hangs on a background mode, and whether that is there is not told.
    HangsOnMode,
    /// It works with an entitlement, or may work, and no entitlements were given.
    HangsOnEntitlement,
    /// It does not work.
    Fails,
}

/// Something to add to the files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Addition {
    /// A background mode.
    Mode(&'static str),
    /// An entitlement.
    Entitlement(&'static str),
    /// An exact entry.
    Entry(String),
    /// Another identifier, with an exact entry.
    Rename(String),
}

const MODES: [&str; 2] = [names::FETCH, names::PROCESSING];
const ENTITLEMENTS: [&str; 3] = [names::HEALTH, names::GPU, names::INFERENCE];

/// Asks about one app.
#[derive(Debug)]
pub struct Student<'a> {
    subject: &'a Subject,
    versions: &'a Versions,
    header: Header,
    terms: Terms,
    /// What an app that has everything may be answered.
    best: Vec<(Call, Version, Vec<Offer>)>,
}

impl<'a> Student<'a> {
    /// Asks about this app in these versions.
    #[must_use]
    pub fn new(subject: &'a Subject, versions: &'a Versions, profile: Named) -> Self {
        let mut header = Header::new(Version::OLDEST, bundle(subject));
        header.platform = Some(subject.platform);
        header.permitted = Permitted::from(&subject.permitted);
        header.modes = subject.modes.iter().map(|mode| mode.text.clone()).collect();
        header.entitlements = subject.entitlements.clone().unwrap_or_default();
        header.study_opt_in = true;
        header.device = Device {
            pressure: Some(Pressure::Calm),
            ..Device::default()
        };
        let terms = Terms {
            profile: Some(profile.name().to_owned()),
            ..Terms::default()
        };
        let (everything, id) = best(&header);
        let answered = |call, os| Some((call, os, answers(&everything, &terms, call, &id, os).ok()?));
        let best = Call::submissions()
            .flat_map(|call| versions.asked.iter().filter_map(move |os| answered(call, *os)))
            .collect();
        Self {
            subject,
            versions,
            header,
            terms,
            best,
        }
    }

    /// What a call may answer, in each version. `may_be_inside`: the identifier may begin with the bundle identifier.
    #[must_use]
    pub fn ask(&self, call: Call, id: &str, may_be_inside: bool) -> Answered {
        let inside = may_be_inside.then(|| self.inside(id));
        let mut spans: Vec<Span> = Vec::new();
        let asked = &self.versions.asked;
        let all = self.versions.asked.len() > 1;
        for (place, os) in asked.iter().enumerate() {
            let until = asked.get(place + 1).copied().filter(|_| all);
            let Some(mut span) = self.span(&self.header, call, id, *os, until) else {
                continue;
            };
            if let Some((header, id)) = &inside
                && let Some(other) = self.span(header, call, id, *os, until)
                && !span.says_the_same(&other)
            {
                if other.verdict != Verdict::HangsOnEntitlement {
                    span.verdict = Verdict::HangsOnBundle;
                }
                span.inside = Some(Inside {
                    verdict: other.verdict,
                    offers: other.offers,
                });
            }
            if span.verdict == Verdict::Fails && self.subject.may_have_more_modes() {
                let mut header = self.header.clone();
                header.modes.extend(MODES.map(ToOwned::to_owned));
                let other = self.span(&header, call, id, *os, until);
                if other.is_some_and(|other| other.verdict != Verdict::Fails) {
                    span.verdict = Verdict::HangsOnMode;
                }
            }
            match spans.last_mut() {
                Some(last) if last.until == Some(*os) && last.says_the_same(&span) => last.until = until,
                _ => spans.push(span),
            }
        }
        for span in &mut spans {
            if span.verdict != Verdict::Works && matches!(call, Call::Submit { .. }) {
                span.remedy = self.remedy(call, id, span.since);
            }
        }
        Answered { call, spans }
    }

    /// The same app with these permitted strings alone: those that are equal to an identifier or cover it are all that
    /// it hangs on.
    #[must_use]
    pub fn with_only(&self, entries: Vec<String>) -> Self {
        let mut header = self.header.clone();
        header.permitted = Permitted::List(entries);
        Self {
            header,
            terms: self.terms.clone(),
            best: self.best.clone(),
            ..*self
        }
    }

    /// The same app with this identifier inside its bundle's, and that identifier.
    fn inside(&self, id: &str) -> (Header, String) {
        let mut header = self.header.clone();
        let inside = format!("{}.task", header.bundle);
        let entries = header.permitted.entries().iter();
        let entries = entries.map(|entry| if entry == id { inside.clone() } else { entry.clone() });
        header.permitted = Permitted::List(entries.collect());
        (header, inside)
    }

    /// What a call may answer in one version; nothing, if the version does not have it.
    fn span(&self, header: &Header, call: Call, id: &str, os: Version, until: Option<Version>) -> Option<Span> {
        let (offers, at_the_moment) = self.offers(header, call, id, os)?;
        let verdict = verdict(&offers);
        let mut entitled = None;
        if verdict != Verdict::Works && self.subject.entitlements.is_none() {
            let mut header = header.clone();
            header.entitlements = ENTITLEMENTS.map(ToOwned::to_owned).to_vec();
            let (others, _) = self.offers(&header, call, id, os)?;
            let helps = |others: &Vec<Offer>| *others != offers && self::verdict(others) != Verdict::Fails;
            entitled = Some(others).filter(helps);
        }
        Some(Span {
            since: os,
            until,
            verdict: if entitled.is_some() {
                Verdict::HangsOnEntitlement
            } else {
                verdict
            },
            offers,
            entitled,
            inside: None,
            at_the_moment,
            remedy: Vec::new(),
        })
    }

    /// The answers that an app with these files may get, and the rules by which any app may be refused.
    fn offers(&self, header: &Header, call: Call, id: &str, os: Version) -> Option<(Vec<Offer>, Vec<&'static Rule>)> {
        let offers = answers(header, &self.terms, call, id, os).ok()?;
        if !matches!(call, Call::Submit { .. }) {
            return Some((offers, Vec::new()));
        }
        let best = self
            .best
            .iter()
            .find(|(other, version, _)| *other == call && *version == os);
        let best = best.map_or(&[][..], |(_, _, offers)| offers);
        let of_any = |offer: &Offer| !offer.takes_effect && best.contains(offer);
        let (of_moment, of_files): (Vec<_>, Vec<_>) = offers.into_iter().partition(of_any);
        let mut rules: Vec<&'static Rule> = Vec::new();
        for offer in of_moment {
            if !rules.contains(&offer.rule) {
                rules.push(offer.rule);
            }
        }
        Some((of_files, rules))
    }

    /// Additions with which a call surely works and of which none can be left out, if any do.
    fn remedy(&self, call: Call, id: &str, os: Version) -> Vec<Addition> {
        // What costs most comes first, so that it is the first to be left out.
        let mut chosen = Vec::new();
        if self.subject.knows_bundle() {
            let last = id
                .rsplit('.')
                .find(|word| !word.is_empty() && !word.contains(['*', '$']));
            let other = format!("{}.{}", self.subject.bundle.text, last.unwrap_or("task"));
            chosen.push(Addition::Rename(other));
        }
        chosen.push(Addition::Entry(id.to_owned()));
        chosen.extend(ENTITLEMENTS.map(Addition::Entitlement));
        chosen.extend(MODES.map(Addition::Mode));
        chosen.retain(|addition| !addition.is_there(&self.header));
        let works = |additions: &[Addition]| {
            let (mut header, mut id) = (self.header.clone(), id.to_owned());
            for addition in additions {
                addition.add_to(&mut header, &mut id);
            }
            self.offers(&header, call, &id, os)
                .is_some_and(|(offers, _)| verdict(&offers) == Verdict::Works)
        };
        if !works(&chosen) {
            return Vec::new();
        }
        let mut place = 0;
        while place < chosen.len() {
            let mut fewer = chosen.clone();
            fewer.remove(place);
            if works(&fewer) {
                chosen = fewer;
            } else {
                place += 1;
            }
        }
        chosen.reverse();
        chosen
    }
}

impl Span {
    fn says_the_same(&self, other: &Self) -> bool {
        let said = |span: &Self| {
            (
                span.verdict,
                span.offers.clone(),
                span.entitled.clone(),
                span.inside.clone(),
            )
        };
        said(self) == said(other)
    }
}

impl fmt::Display for Addition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Mode(name) => write!(f, "add `{name}` to {MODES_KEY}"),
            Self::Entitlement(name) => write!(f, "get the entitlement {name}"),
            Self::Entry(id) => write!(f, "list `{id}` itself in {PERMITTED}"),
            Self::Rename(id) => write!(f, "use an identifier such as `{id}`, and list it in {PERMITTED}"),
        }
    }
}

impl Addition {
    fn is_there(&self, header: &Header) -> bool {
        match self {
            Self::Mode(name) => header.modes.iter().any(|mode| mode == name),
            Self::Entitlement(name) => header.entitlements.iter().any(|entitlement| entitlement == name),
            Self::Entry(id) => header.permitted.entries().contains(id),
            Self::Rename(_) => false,
        }
    }

    fn add_to(&self, header: &mut Header, id: &mut String) {
        match self {
            Self::Mode(name) => header.modes.push((*name).to_owned()),
            Self::Entitlement(name) => header.entitlements.push((*name).to_owned()),
            Self::Entry(entry) => permit(header, entry),
            Self::Rename(other) => {
                permit(header, other);
                id.clone_from(other);
            }
        }
    }
}

fn permit(header: &mut Header, entry: &str) {
    let mut entries = header.permitted.entries().to_vec();
    entries.push(entry.to_owned());
    header.permitted = Permitted::List(entries);
}

/// The bundle identifier that is asked with: where none is told, one that no identifier begins with.
pub(super) fn bundle(subject: &Subject) -> &str {
    match subject.bundle.text.as_str() {
        "" => "$(PRODUCT_BUNDLE_IDENTIFIER)",
        text => text,
    }
}

/// An app that has everything on an iPhone, and an identifier of it.
fn best(header: &Header) -> (Header, String) {
    let mut best = header.clone();
    best.platform = Some(Platform::Iphone);
    let id = format!("{}.task", best.bundle);
    best.permitted = Permitted::List(vec![id.clone()]);
    best.modes = MODES.map(ToOwned::to_owned).to_vec();
    best.entitlements = ENTITLEMENTS.map(ToOwned::to_owned).to_vec();
    (best, id)
}

/// Whether a call with these answers works.
fn verdict(offers: &[Offer]) -> Verdict {
    let works = offers.iter().any(|offer| offer.takes_effect);
    let fails = offers.iter().any(|offer| !offer.takes_effect);
    match (works, fails) {
        (true, false) => Verdict::Works,
        (true, true) => Verdict::Open,
        (false, _) => Verdict::Fails,
    }
}

/// The answers that the model allows to a call of an app that a person has just launched.
fn answers(header: &Header, terms: &Terms, call: Call, id: &str, os: Version) -> Result<Vec<Offer>, Malformed> {
    const PID: u32 = 1;
    let mut header = header.clone();
    header.os = os;
    let gpu = matches!(call, Call::Submit { gpu: true, .. });
    if gpu {
        header.gpu = true;
        if header.platform() == Platform::Iphone {
            header.platform = Some(Platform::Ipad);
        }
    }
    let event = |event| Record::of(0, PID, event);
    let register = |answer| {
        event(Event::Register(Register {
            through: None,
            id: id.into(),
            queue: None,
            answer,
        }))
    };
    let finished = event(Event::LaunchFinished(Empty {}));
    let mut oracle = Oracle::new(&header, terms)?;
    oracle.step(&event(Event::Started(Started { by: Starter::Person })))?;
    match call {
        Call::RegisterString | Call::Register { late: false } => oracle.offers(&register(None)),
        Call::Register { late: true } => {
            oracle.step(&finished)?;
            oracle.offers(&register(None))
        }
        Call::Submit { kind, gpu } => {
            let registers = |offer: &Offer| offer.answer == Allowed::Returns(true) && offer.takes_effect;
            if oracle.offers(&register(None))?.iter().any(registers) {
                oracle.step(&register(Some(RegisterAnswer::Returned(true))))?;
            }
            oracle.step(&finished)?;
            let mut request = Request::new(id, kind);
            request.gpu = gpu;
            oracle.offers(&event(Event::Submit(Submit::of(request))))
        }
    }
}
