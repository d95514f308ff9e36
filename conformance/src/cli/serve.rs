//! `bgspec serve`: the reference scheduler behind the adapter protocol.

use std::io::{self, BufReader, Write};
use std::net::{SocketAddr, TcpListener, TcpStream, ToSocketAddrs};
use std::thread;

use crate::exit::Exit;
use crate::play::serve::serve;
use crate::reference::{Choices, Fault, InProcess};

/// Serve the reference scheduler by the adapter protocol, on standard input and output or on a loopback port
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Args {
    /// Listen on this loopback address instead; port 0 takes a free one. Each connection gets a scheduler of its own
    #[arg(long, value_name = "ADDR", value_parser = loopback)]
    listen: Option<SocketAddr>,
    /// Serve it with this seeded fault; `bgspec faults` lists them
    #[arg(long, value_name = "FAULT", value_parser = super::faults::fault)]
    fault: Option<Fault>,
}

impl Args {
    fn scheduler(&self) -> InProcess {
        let choices = Choices::default();
        InProcess::with(match self.fault {
            Some(fault) => choices.with_fault(fault),
            None => choices,
        })
    }
}

const EXAMPLES: &str = "\
Examples:
  bgspec test --adapter 'bgspec serve'
  echo '{\"id\":1,\"hello\":{}}' | bgspec serve
  bgspec serve --listen 127.0.0.1:4711

The protocol is in PROTOCOL.md; `bgspec schema protocol` prints its JSON Schema.";

/// Serves until the input is over; with an address, until it is killed.
pub(super) fn run(args: &Args) -> io::Result<Exit> {
    match args.listen {
        None => serve(&args.scheduler(), io::stdin().lock(), io::stdout())?,
        Some(address) => listen(address, args)?,
    }
    Ok(Exit::Conforms)
}

fn listen(address: SocketAddr, args: &Args) -> io::Result<()> {
    let listener = TcpListener::bind(address)?;
    let mut out = io::stdout().lock();
    writeln!(out, "listening on {}", listener.local_addr()?)?;
    out.flush()?;
    for connection in listener.incoming() {
        let connection = connection?;
        let scheduler = args.scheduler();
        thread::spawn(move || {
            if let Err(error) = answer(&connection, &scheduler) {
                anstream::eprintln!("connection: {error}");
            }
        });
    }
    Ok(())
}

fn answer(connection: &TcpStream, scheduler: &InProcess) -> io::Result<()> {
    connection.set_nodelay(true)?;
    serve(scheduler, BufReader::new(connection), connection)
}

/// Reads an address that nobody else reaches.
fn loopback(text: &str) -> Result<SocketAddr, String> {
    let expected = "expected a loopback address and a port, such as 127.0.0.1:4711";
    let found = text.to_socket_addrs().map_err(|error| format!("{error}: {expected}"))?;
    let mut addresses = found.filter(|address| address.ip().is_loopback());
    addresses
        .next()
        .ok_or_else(|| format!("it is no loopback address: {expected}"))
}
