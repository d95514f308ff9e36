//! Traces of any size whose cost must grow as they do: each was once judged at a cost that grew faster.

use bgspec_model::vocabulary::{
    Crashed, Empty, End, Event, Header, Identifier, Kind, OfIdentifier, Pending, Permitted, Record, Register,
    RegisterAnswer, Request, Started, Starter, Submit, SubmitAnswer, Version,
};

use crate::{Trace, overlapping, sequential};

/// A trace of a size.
#[derive(Debug, Clone, Copy)]
pub struct Growth {
    /// What grows.
    pub name: &'static str,
    /// The smallest of the three sizes that are compared.
    pub size: usize,
    /// What a doubling may cost, at most.
    pub most: f64,
    make: fn(usize) -> Trace,
}

impl Growth {
    /// The trace of a size.
    #[must_use]
    pub fn trace(&self, size: usize) -> Trace {
        (self.make)(size)
    }

    /// The one of this name.
    #[must_use]
    pub fn find(name: &str) -> Option<&'static Self> {
        GROWTHS.iter().find(|growth| growth.name == name)
    }
}

/// A cost that grows with the size alone, and a little besides.
const LINEAR: f64 = 2.3;

/// Every trace whose growth is watched.
pub const GROWTHS: &[Growth] = &[
    Growth {
        name: "lines",
        size: 1_000,
        most: LINEAR,
        make: |size| sequential(size, true),
    },
    Growth {
        name: "lines of four threads",
        size: 500,
        most: LINEAR,
        make: |size| overlapping(4, size),
    },
    Growth {
        name: "identifiers, each cancelled with all",
        size: 500,
        most: LINEAR,
        make: cancelled_with_all,
    },
    Growth {
        name: "identifiers, each in a process of its own",
        size: 300,
        most: LINEAR,
        make: |size| ended(size, Event::Crashed(Crashed::default())),
    },
    Growth {
        name: "identifiers, each with a boot behind it",
        size: 300,
        most: LINEAR,
        make: |size| ended(size, Event::Reboot(Empty {})),
    },
    Growth {
        name: "handlers of one process",
        size: 500,
        most: LINEAR,
        make: handlers,
    },
    Growth {
        name: "permitted entries",
        size: 500,
        most: LINEAR,
        make: permitted,
    },
    Growth {
        name: "waiting continued requests",
        size: 200,
        // Each event still looks at each of them, once and briefly.
        most: 3.5,
        make: waiting,
    },
];

fn id(n: usize) -> Identifier {
    format!("com.example.app.task.{n}").as_str().into()
}

fn header(ids: usize) -> Header {
    let mut header = Header::new(Version::new(26, 1), "com.example.app");
    header.permitted = Permitted::List((0..ids).map(|n| id(n).as_str().to_owned()).collect());
    header.modes = ["fetch", "processing"].map(str::to_owned).to_vec();
    header.pins = crate::pins();
    header
}

/// Under one wildcard entry, so that the entries do not grow.
fn wildcard() -> Header {
    let mut header = header(0);
    header.permitted = Permitted::List(vec!["com.example.app.task.*".to_owned()]);
    header
}

#[derive(Default)]
struct Lines(Vec<Record>);

impl Lines {
    fn say(&mut self, event: Event) {
        let at = self.0.len() as i64;
        self.0.push(Record::of(at, 1, event));
    }

    fn start(&mut self, pid: u32) {
        let at = self.0.len() as i64;
        self.0
            .push(Record::of(at, pid, Event::Started(Started { by: Starter::Person })));
    }

    fn register(&mut self, n: usize, pid: u32) {
        let at = self.0.len() as i64;
        let register = Register {
            answer: Some(RegisterAnswer::Returned(true)),
            ..Register::new(id(n))
        };
        self.0.push(Record::of(at, pid, Event::Register(register)));
    }

    fn submit(&mut self, n: usize, kind: Kind, pid: u32) {
        let at = self.0.len() as i64;
        let request = Request {
            title: (kind == Kind::Continued).then(|| "Exporting".to_owned()),
            ..Request::new(id(n), kind)
        };
        let submit = Submit {
            answer: Some(SubmitAnswer::Accepted),
            ..Submit::of(request)
        };
        self.0.push(Record::of(at, pid, Event::Submit(submit)));
    }

    fn cancel(&mut self, n: usize, pid: u32) {
        let at = self.0.len() as i64;
        self.0
            .push(Record::of(at, pid, Event::Cancel(OfIdentifier { id: id(n) })));
    }

    fn end(mut self, header: Header) -> Trace {
        let at = self.0.len() as i64;
        self.0.push(Record::end(at, End::Closed));
        Trace {
            header,
            records: self.0,
        }
    }
}

fn cancelled_with_all(size: usize) -> Trace {
    let mut lines = Lines::default();
    lines.start(1);
    lines.say(Event::LaunchFinished(Empty {}));
    for n in 0..size {
        lines.register(n, 1);
        lines.submit(n, Kind::Continued, 1);
        lines.say(Event::CancelAll(Empty {}));
    }
    // Each is over and done with a millisecond later: no launch that went before comes after it (CAN-6).
    let mut header = wildcard();
    header.pins.insert("reaction_time".to_owned(), "0 s".to_owned());
    lines.end(header)
}

fn ended(size: usize, end: Event) -> Trace {
    let mut lines = Lines::default();
    for n in 0..size {
        let pid = n as u32 + 1;
        lines.start(pid);
        lines.register(n, pid);
        lines.submit(n, Kind::Continued, pid);
        lines.cancel(n, pid);
        let at = lines.0.len() as i64;
        lines.0.push(match end {
            Event::Reboot(_) => Record {
                pid: None,
                ..Record::of(at, pid, end.clone())
            },
            _ => Record::of(at, pid, end.clone()),
        });
    }
    let mut header = wildcard();
    // Otherwise it is locked after a boot.
    header.passcode = Some(false);
    lines.end(header)
}

fn handlers(size: usize) -> Trace {
    let mut lines = Lines::default();
    lines.start(1);
    // An identifier that is met first and registered last.
    lines.say(Event::Pending(Pending {
        answer: Some(Vec::new()),
    }));
    (0..size).rev().for_each(|n| lines.register(n, 1));
    lines.end(wildcard())
}

fn waiting(size: usize) -> Trace {
    let mut lines = Lines::default();
    lines.start(1);
    lines.say(Event::LaunchFinished(Empty {}));
    for n in 0..size {
        lines.register(n, 1);
        lines.submit(n, Kind::Continued, 1);
    }
    let mut header = wildcard();
    // There is no room: they wait for another app.
    header.pins.insert("continued_capacity".to_owned(), "1".to_owned());
    header.device.places_taken = Some(1);
    lines.end(header)
}

fn permitted(size: usize) -> Trace {
    let mut lines = Lines::default();
    lines.start(1);
    (0..size).for_each(|n| lines.register(n, 1));
    lines.end(header(size))
}
