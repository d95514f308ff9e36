//! The reference scheduler behind the wire answers as it does in the process, and the documented session is true.
#![expect(clippy::unwrap_used, reason = "a test fails where anything is missing")]

use std::io::{BufRead, BufReader, Write};
use std::net::TcpStream;
use std::process::{Command, Stdio};

use bgspec_conformance::play::adapter::{Adapter, Applied};
use bgspec_conformance::play::protocol::{Ask, Reply, Request, Said};
use bgspec_conformance::play::serve::serve;
use bgspec_conformance::play::subprocess::Subprocess;
use bgspec_conformance::reference::InProcess;

const SERVE: &str = concat!("'", env!("CARGO_BIN_EXE_bgspec"), "' serve");

/// The session in PROTOCOL.md: each request with its reply.
fn session() -> Vec<(Request, Reply)> {
    let page = include_str!("../PROTOCOL.md");
    let sent = page.lines().filter_map(|line| line.strip_prefix("> "));
    let got = page.lines().filter_map(|line| line.strip_prefix("< "));
    let parse = |(sent, got): (&str, &str)| (serde_json::from_str(sent).unwrap(), serde_json::from_str(got).unwrap());
    let session: Vec<(Request, Reply)> = sent.zip(got).map(parse).collect();
    assert!(session.len() >= 10, "the page shows a session");
    session
}

fn observations_that_the_page_leaves_out(applied: &mut Applied) {
    applied
        .observed
        .retain(|record| record.event.as_ref().is_some_and(|event| event.name() != "suspended"));
}

#[test]
fn the_documented_session_is_what_the_reference_scheduler_answers() {
    let adapter = Subprocess::start(SERVE).unwrap();
    let local = InProcess::new();
    for (request, reply) in session() {
        assert_eq!(request.id, reply.id);
        match request.ask().unwrap() {
            Ask::Hello => assert_eq!(adapter.hello(), local.hello()),
            Ask::Reset(header) => {
                assert_eq!(adapter.reset(&header), Ok(()));
                assert_eq!(local.reset(&header), Ok(()));
                assert_eq!(reply.said(), Some(Said::Done));
            }
            Ask::Apply(mut record) => {
                // The scheduler may suspend the app on the way, where a clock stops.
                let mut applied = adapter.apply(&record).unwrap();
                assert_eq!(Ok(&applied), local.apply(&record).as_ref());
                observations_that_the_page_leaves_out(&mut applied);
                if applied.reached.is_some_and(|reached| reached < record.at) {
                    applied = adapter.apply(&record).unwrap();
                    assert_eq!(Ok(&applied), local.apply(&record).as_ref());
                }
                assert_eq!(
                    reply.said(),
                    Some(Said::Applied(Box::new(applied))),
                    "at {:?}",
                    record.event.take()
                );
            }
        }
    }
}

#[test]
fn several_threads_call_through_the_wire_at_once() {
    let adapter = Subprocess::start(SERVE).unwrap();
    assert!(adapter.hello().unwrap().concurrent);
    let (reset, _) = session().remove(1);
    let Some(Ask::Reset(header)) = reset.ask() else {
        panic!("the second request is a reset")
    };
    adapter.reset(&header).unwrap();
    let apply = |line: &str| adapter.apply(&serde_json::from_str(line).unwrap()).unwrap();
    apply(r#"{"at":0,"pid":1,"event":{"started":{"by":"person"}}}"#);
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                for _ in 0..50 {
                    let applied = apply(r#"{"at":0,"pid":1,"event":{"pending":{}}}"#);
                    assert_eq!(serde_json::to_string(&applied).unwrap(), r#"{"answer":{"pending":[]}}"#);
                }
            });
        }
    });
}

#[test]
fn each_connection_to_a_port_gets_a_scheduler_of_its_own() {
    let mut server = Command::new(env!("CARGO_BIN_EXE_bgspec"))
        .args(["serve", "--listen", "127.0.0.1:0"])
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(server.stdout.take().unwrap())
        .read_line(&mut line)
        .unwrap();
    let address = line.trim().strip_prefix("listening on ").unwrap();
    for _ in 0..2 {
        let mut connection = TcpStream::connect(address).unwrap();
        connection
            .write_all(b"{\"id\":1,\"apply\":{\"at\":0,\"event\":{\"cancel_all\":{}}}}\n{\"id\":2,\"hello\":{}}\n")
            .unwrap();
        connection.shutdown(std::net::Shutdown::Write).unwrap();
        let mut replies: Vec<_> = BufReader::new(connection).lines().map(Result::unwrap).collect();
        replies.sort();
        assert!(
            replies[0].starts_with(r#"{"id":1,"error":"#),
            "before a reset: {replies:?}"
        );
        assert!(replies[1].contains("bgspec reference scheduler"), "{replies:?}");
    }
    server.kill().unwrap();
    server.wait().unwrap();
}

#[test]
fn an_address_that_others_reach_is_refused() {
    let output = Command::new(env!("CARGO_BIN_EXE_bgspec"))
        .args(["serve", "--listen", "0.0.0.0:0"])
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(2));
    let text = String::from_utf8(output.stderr).unwrap();
    assert!(
        text.contains("it is no loopback address: expected a loopback address and a port"),
        "{text}"
    );
}

#[test]
fn any_adapter_can_be_served_without_a_process() {
    let mut replies = Vec::new();
    serve(&InProcess::new(), &b"{\"id\":1,\"hello\":{}}\n"[..], &mut replies).unwrap();
    let reply: Reply = serde_json::from_slice(&replies).unwrap();
    assert!(matches!(reply.said(), Some(Said::Hello(_))));
}
