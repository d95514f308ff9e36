//! The far side of the wire: any [`Adapter`] behind a reader and a writer.
//!
//! Requests to an adapter that declares `concurrent` are taken up as they come, each on a thread of a small pool that
//! grows while calls block one another; replies go out as they are ready. Requests to any other are answered one
//! after another. A line that is no request is answered with an error, and serving goes on.

use std::io::{self, BufRead, Write};
use std::sync::atomic::{AtomicIsize, Ordering};
use std::sync::{Mutex, PoisonError, mpsc};
use std::thread;

use serde::Deserialize;

use crate::lines::{self, Line};
use crate::play::adapter::Adapter;
use crate::play::protocol::{Ask, LINE_LIMIT, Reply, Request, Said};

/// The most requests that are worked on at once.
const MOST_THREADS: usize = 64;

/// Answers requests until the input is over.
///
/// # Errors
/// The input cannot be read, has a line of more than [`LINE_LIMIT`] bytes, or the output cannot be written.
pub fn serve<A: Adapter + ?Sized>(adapter: &A, mut input: impl BufRead, output: impl Write + Send) -> io::Result<()> {
    let output = Output {
        writer: Mutex::new(output),
        broken: Mutex::new(None),
    };
    let concurrent = adapter.hello().is_ok_and(|hello| hello.concurrent);
    let (sender, receiver) = mpsc::channel();
    let pool = Pool {
        adapter,
        output: &output,
        requests: Mutex::new(receiver),
        idle: AtomicIsize::new(0),
    };
    let end = thread::scope(|scope| {
        // Moved in here, so that it is gone, and the threads end, before the scope waits for them.
        let sender = sender;
        let mut threads = 0;
        let mut buffer = Vec::new();
        while output.is_whole() {
            match lines::read_line(&mut input, &mut buffer, LINE_LIMIT)? {
                Line::Over => break,
                Line::TooLong => {
                    let text = format!("a line of more than {LINE_LIMIT} bytes");
                    output.send(0, Said::Error(text.clone()));
                    return Err(io::Error::new(io::ErrorKind::InvalidData, text));
                }
                Line::Read if buffer.trim_ascii().is_empty() => continue,
                Line::Read => {}
            }
            match request(&buffer) {
                Err((id, text)) => output.send(id, Said::Error(text)),
                Ok((id, ask)) if !concurrent => output.send(id, answer(adapter, ask)),
                Ok(request) => {
                    if pool.idle.fetch_sub(1, Ordering::SeqCst) <= 0 && threads < MOST_THREADS {
                        threads += 1;
                        pool.idle.fetch_add(1, Ordering::SeqCst);
                        scope.spawn(|| pool.work());
                    }
                    // The receiver outlives this scope, so that this cannot fail.
                    let _ = sender.send(request);
                }
            }
        }
        Ok(())
    });
    end?;
    match output.broken.into_inner().unwrap_or_else(PoisonError::into_inner) {
        Some(error) => Err(error),
        None => Ok(()),
    }
}

/// Takes a line apart; where that fails, the number to answer to (0 for none) and why.
fn request(line: &[u8]) -> Result<(u64, Ask), (u64, String)> {
    #[derive(Deserialize)]
    struct Number {
        id: u64,
    }
    let expected = r#"expected one of {"id":1,"hello":{}}, {"id":1,"reset":{…}}, {"id":1,"apply":{…}}"#;
    let text = std::str::from_utf8(line).map_err(|_| (0, format!("no UTF-8: {expected}")))?;
    let request: Request = lines::parse(text).map_err(|(column, unfit)| {
        let id = lines::parse(text).map_or(0, |Number { id }| id);
        (id, format!("column {column}: {unfit}"))
    })?;
    let id = request.id;
    match request.ask() {
        Some(ask) => Ok((id, ask)),
        None => Err((id, format!("it asks nothing, or several things: {expected}"))),
    }
}

fn answer<A: Adapter + ?Sized>(adapter: &A, ask: Ask) -> Said {
    let said = match ask {
        Ask::Hello => adapter.hello().map(|hello| Said::Hello(Box::new(hello))),
        Ask::Reset(header) => adapter.reset(&header).map(|()| Said::Done),
        Ask::Apply(record) => adapter.apply(&record).map(|applied| Said::Applied(Box::new(applied))),
    };
    said.unwrap_or_else(|failure| Said::Error(failure.to_string()))
}

/// The threads that answer an adapter's requests side by side.
struct Pool<'a, A: ?Sized, W> {
    adapter: &'a A,
    output: &'a Output<W>,
    requests: Mutex<mpsc::Receiver<(u64, Ask)>>,
    /// Threads that wait or will, less the requests that nobody took yet.
    idle: AtomicIsize,
}

impl<A: Adapter + ?Sized, W: Write> Pool<'_, A, W> {
    /// Answers requests until there are no more.
    fn work(&self) {
        loop {
            let request = self.requests.lock().unwrap_or_else(PoisonError::into_inner).recv();
            let Ok((id, ask)) = request else { return };
            self.output.send(id, answer(self.adapter, ask));
            self.idle.fetch_add(1, Ordering::SeqCst);
        }
    }
}

/// Where replies go, whole lines at a time.
struct Output<W> {
    writer: Mutex<W>,
    /// Why it can no longer be written.
    broken: Mutex<Option<io::Error>>,
}

impl<W: Write> Output<W> {
    fn send(&self, id: u64, said: Said) {
        let written = serde_json::to_vec(&Reply::new(id, said))
            .map_err(io::Error::from)
            .and_then(|mut line| {
                line.push(b'\n');
                let mut writer = self.writer.lock().unwrap_or_else(PoisonError::into_inner);
                writer.write_all(&line)?;
                writer.flush()
            });
        if let Err(error) = written {
            *self.broken.lock().unwrap_or_else(PoisonError::into_inner) = Some(error);
        }
    }

    fn is_whole(&self) -> bool {
        self.broken.lock().unwrap_or_else(PoisonError::into_inner).is_none()
    }
}

#[cfg(test)]
mod tests;
