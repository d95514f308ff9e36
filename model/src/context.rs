//! What every state of a trace shares: version, profile, the app's facts, names, and what the trace would show.

mod app;
mod device;
mod limits;
mod modelled;

use crate::facts::{Fact, Facts};
use crate::interner::Interner;
use crate::op::TaskRef;
use crate::past::{Concerned, Past, Story};
use crate::profile::Profile;
use crate::rule::Rule;
use crate::setting::{Choice, Setting};
use crate::state::{Sym, Text};
use crate::taken_out::TakenOut;
use crate::unmodelled;
use crate::vocabulary::{
    AppFacts, Area, Condition, Discretion, Entry, Header, Initial, Millis, Place, Platform, Version,
};

pub use app::{App, Lines, Named, names};
use device::is_untracked;
pub(crate) use device::tell;
pub use limits::Limits;

/// What every state shares.
#[derive(Debug, Clone)]
pub struct Context {
    /// The version of iOS.
    pub os: Version,
    /// The platform.
    pub platform: Platform,
    /// The settings.
    pub profile: Profile,
    /// The settings of the clock and of counts, read once.
    pub limits: Limits,
    /// What the app's bundle says of it.
    pub app: App,
    /// The device supports background GPU.
    pub gpu: bool,
    /// The runner decides about launches.
    pub driven: bool,
    /// How exact times are, for this pass.
    pub tolerance: Millis,
    /// Facts that may change untold, as a set of places.
    untracked: u64,
    /// Conditions that nothing in the header mentions, as a set of places.
    unmentioned: u64,
    /// The event since which the device is in use; 0 where no line says so.
    pub(crate) used_since: u64,
    /// An expiration would be in the trace, and is judged.
    pub sees_expiry: bool,
    /// What answers a grant may stay unseen.
    pub hides_answers: bool,
    /// Facts that nobody told: what a verdict hangs on is named.
    untold: u64,
    /// Choice settings whose answers stand alone, as a set of places.
    free: u64,
    /// Areas that the implementation does not model, as a set.
    without: u32,
    /// Rules that it does not model, beside those of these areas.
    unmodelled: Vec<&'static Rule>,
    /// What the app's bundle says may have changed unseen.
    pub facts_open: bool,
    /// The rule that is taken out of the model.
    out: TakenOut,
    /// The rule whose guard is turned round.
    turned: TakenOut,
    /// The names of the observations that would be there; none: all.
    recorded: Option<Vec<String>>,
    /// The masks at time zero, for what free settings allow.
    pub at_zero: Facts,
    /// The trace did not look at everything so far: it began late, or has a gap.
    pub partial: bool,
    /// How many places for continued tasks other apps take at time zero.
    pub places_taken: Option<u16>,
    /// The past of the app.
    pub story: Story,
    /// Identifiers with a task that was delivered, as far as their past is concerned.
    pub(crate) delivered: Concerned,
    /// Identifiers submitted for continued processing.
    pub(crate) continued: Concerned,
    names: Interner,
    /// For each identifier, what the app's bundle says of it.
    pub(crate) ids: Vec<Named>,
    /// Titles, subtitles, queues.
    pub texts: Interner,
}

/// The observations that would be in the trace; none where all would. An app cannot log its own death: of the ends of
/// processes a trace that is not made up tells what follows its last lines (see `oracle::foresight`), and no more is open
/// where `recorded` leaves `killed` out than where it says nothing.
fn recorded(header: &Header) -> Option<Vec<String>> {
    let mut names = header.recorded.clone()?;
    if !header.is_made_up() && !header.records("killed") {
        names.push("killed".to_owned());
    }
    Some(names)
}

impl Context {
    /// The context of a trace with this header.
    pub(crate) fn new(header: &Header, os: Version, profile: Profile, tolerance: Millis) -> Self {
        let mut at_zero = Facts::empty();
        profile.lay_down(&mut at_zero);
        let limits = Limits::of(&profile);
        let free = Setting::ALL
            .iter()
            .filter(|setting| !setting.entry().fixed)
            .fold(0, |set, setting| set | 1 << Fact::Setting(*setting).place());
        let untracked = Condition::ALL
            .into_iter()
            .filter(|condition| is_untracked(header, *condition))
            .fold(0, |set, condition| set | 1 << Fact::Device(condition).place());
        let mut context = Self {
            os,
            platform: header.platform(),
            profile,
            limits,
            app: App::new(header, os),
            gpu: header.gpu,
            driven: header.discretion == Discretion::Driven,
            tolerance,
            untracked,
            unmentioned: 0,
            used_since: 0,
            sees_expiry: true,
            hides_answers: false,
            untold: 0,
            free,
            without: header.without.iter().fold(0, |set, area| set | 1 << *area as u32),
            unmodelled: unmodelled::rules_of_all(&header.unmodelled).unwrap_or_default(),
            facts_open: false,
            out: TakenOut::NONE,
            turned: TakenOut::NONE,
            recorded: recorded(header),
            at_zero,
            partial: header.initial == Initial::Unknown,
            places_taken: header
                .device
                .places_taken
                .or_else(|| (header.initial == Initial::Known && header.is_made_up()).then_some(0)),
            story: Story::default(),
            delivered: Concerned::default(),
            continued: Concerned::default(),
            names: Interner::default(),
            ids: Vec::new(),
            texts: Interner::default(),
        };
        context.lay_down_device(header);
        context.sees_expiry = context.models(Area::Expiration) && context.records("expired");
        let answers = ["launched", "delivered", "delivery_raised", "killed"];
        context.hides_answers = !answers.into_iter().all(|name| context.records(name));
        context
    }

    /// Lines may be missing: of the life of the app, an update, changes of the device.
    pub(crate) fn miss(&mut self, life: bool, facts: bool, device: bool) {
        if life {
            self.look_away();
        }
        self.facts_open |= facts;
        if device {
            self.look_away_from_device();
        }
    }

    /// Whether nobody told this fact, so that a verdict that hangs on it names it.
    #[must_use]
    #[inline]
    pub const fn is_untold(&self, fact: Fact) -> bool {
        self.untold >> fact.place() & 1 == 1
    }

    /// The number of an identifier.
    #[inline]
    pub fn id(&mut self, text: &str) -> Sym {
        match self.names.find(text) {
            Some(place) => {
                if self.ids[place as usize].past.is_stale(&self.story) {
                    self.ids[place as usize].past.refresh(&self.story);
                }
                Sym(place)
            }
            None => self.new_id(text),
        }
    }

    #[cold]
    fn new_id(&mut self, text: &str) -> Sym {
        self.ids.push(Named {
            recounts: self.partial || !self.records("delivered"),
            past: self.story.begin(),
            ..self.app.read(text)
        });
        Sym(self.names.intern(text))
    }

    /// The number of an identifier that was met before.
    #[must_use]
    pub fn find_id(&self, text: &str) -> Option<Sym> {
        self.names.known(text).map(Sym)
    }

    /// The text of an identifier.
    #[must_use]
    pub fn name(&self, id: Sym) -> &str {
        self.names.text(id.0)
    }

    /// A text of the trace, where it is one and known.
    #[must_use]
    pub fn text_of(&self, text: Text) -> Option<&str> {
        (text != Text::NONE && text != Text::ANY).then(|| self.texts.text(text.0))
    }

    /// What the app's bundle says of an identifier.
    #[must_use]
    #[inline]
    pub fn named(&self, id: Sym) -> &Named {
        &self.ids[id.0 as usize]
    }

    /// The trace shows this delivery of an identifier.
    pub(crate) fn count_delivery(&mut self, id: Sym, n: u32) {
        let named = &mut self.ids[id.0 as usize];
        named.deliveries = n;
        named.recounts = false;
    }

    /// This task of an identifier expired or was completed: the first of it counts.
    pub(crate) fn note_end(&mut self, task: TaskRef, success: bool) {
        let named = &mut self.ids[task.id.0 as usize];
        if named.ended < task.n {
            named.ended = task.n;
            named.succeeded = if success { task.n } else { named.succeeded };
        }
    }

    /// The events of an identifier that a later one may contradict.
    pub(crate) fn lines_of(&mut self, id: Sym) -> &mut Lines {
        &mut self.ids[id.0 as usize].lines
    }

    /// Of the tasks of an identifier that came so far lines may be missing.
    pub(crate) fn miss_cards(&mut self, id: Sym) {
        let named = &mut self.ids[id.0 as usize];
        named.unfollowed = named.deliveries;
    }

    /// Lines may be missing.
    pub(crate) fn look_away(&mut self) {
        self.partial = true;
        self.ids.iter_mut().for_each(|named| named.recounts = true);
    }

    /// How many identifiers were met so far.
    pub(crate) fn count_ids(&self) -> u32 {
        self.ids.len() as u32
    }

    /// The past of an identifier, to be noted.
    pub(crate) fn past_mut(&mut self, id: Sym) -> &mut Past {
        let past = &mut self.ids[id.0 as usize].past;
        past.refresh(&self.story);
        past
    }

    /// The past of an identifier, whether the line names it or not. Of those that it names [`Named::past`] holds it.
    #[must_use]
    pub fn past(&self, id: Sym) -> Past {
        let mut past = self.ids[id.0 as usize].past;
        past.refresh(&self.story);
        past
    }

    /// Every identifier that the bundle permits exactly.
    pub fn exact_ids(&mut self) -> Vec<Sym> {
        let entries = self.app.permitted.entries().to_vec();
        let wildcards = self.since(26);
        entries
            .iter()
            .filter(|text| Entry::read(text, "", wildcards) == Entry::Exact(text))
            .map(|text| self.id(text))
            .collect()
    }

    /// Every identifier met so far.
    pub fn known_ids(&self) -> impl Iterator<Item = Sym> + use<> {
        (0..self.ids.len() as u32).map(Sym)
    }

    /// The number of a text.
    #[inline]
    pub fn text(&mut self, text: Option<&str>) -> Text {
        text.map_or(Text::NONE, |text| Text(self.texts.intern(text)))
    }

    /// The app, and perhaps the system, is another from now on.
    pub(crate) fn update(&mut self, facts: &AppFacts) {
        if let Some(os) = facts.os {
            self.os = os;
            self.profile = self.profile.in_version(os);
            self.limits = Limits::of(&self.profile);
            self.profile.lay_down(&mut self.at_zero);
        }
        if let Some(permitted) = &facts.permitted {
            self.app.permit(permitted, self.os);
        }
        if let Some(modes) = &facts.modes {
            self.app.set_modes(modes);
        }
        if let Some(entitlements) = &facts.entitlements {
            self.app.set_entitlements(entitlements);
        }
        if let Some(opted_in) = facts.study_opt_in {
            self.app.opted_in = opted_in;
        }
        for (place, named) in self.ids.iter_mut().enumerate() {
            let Named {
                deliveries,
                recounts,
                past,
                succeeded,
                ended,
                unfollowed,
                lines,
                ..
            } = *named;
            *named = Named {
                deliveries,
                recounts,
                past,
                succeeded,
                ended,
                unfollowed,
                lines,
                ..self.app.read(self.names.text(place as u32))
            };
        }
    }

    /// Whether a reading of this fact teaches nothing for the next one.
    #[must_use]
    #[inline]
    pub fn forgets(&self, fact: Fact) -> bool {
        (self.untracked | self.free) >> fact.place() & 1 == 1
    }

    /// Whether a free setting allows this value.
    #[must_use]
    #[inline]
    pub fn allows<C: Choice>(&self, value: C) -> bool {
        self.at_zero.mask(Fact::Setting(C::SETTING)) & value.mask() != 0
    }

    /// Whether cards are followed: the implementation has them, and the trace would show them.
    #[must_use]
    pub fn follows_cards(&self) -> bool {
        self.records("card") && self.models(Area::Card)
    }

    /// Whether observations of this name would be in the trace.
    #[must_use]
    #[inline]
    pub fn records(&self, observation: &str) -> bool {
        self.recorded
            .as_ref()
            .is_none_or(|names| names.iter().any(|name| name == observation))
    }

    /// Whether the trace says that observations of this name are recorded.
    #[must_use]
    pub fn surely_records(&self, observation: &str) -> bool {
        self.recorded.is_some() && self.records(observation)
    }

    /// Whether the version is at least this.
    #[must_use]
    #[inline]
    pub fn since(&self, major: u16) -> bool {
        self.os.major >= major
    }

    /// Where the app runs: what exists hangs on it (CFG-10).
    #[must_use]
    #[inline]
    pub const fn place(&self) -> Place {
        Place {
            platform: self.platform,
            os: self.os,
        }
    }
}
