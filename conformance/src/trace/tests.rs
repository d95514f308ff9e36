//! Every way in which a file is no trace, and the texts that say so.

use std::io::{BufReader, Cursor, Read};

use bgspec_model::vocabulary::{Empty, End, Event, Version};

use super::*;

const HEADER: &str = r#"{"bgspec":1,"os":"26.1","origin":"made up","bundle":"com.example.app","initial":"known"}"#;

/// Every line of a trace that can be read, and the error that ends it.
fn read(file: impl AsRef<[u8]>) -> (usize, String) {
    let mut records = 0;
    let error = match Reader::new(file.as_ref(), "t.jsonl") {
        Err(error) => error,
        Ok(trace) => {
            let mut last = None;
            for record in trace {
                match record {
                    Ok(_) => records += 1,
                    Err(error) => last = Some(error),
                }
            }
            match last {
                Some(error) => error,
                None => return (records, String::new()),
            }
        }
    };
    (records, error.to_string())
}

fn behind_header(lines: &str) -> (usize, String) {
    read(format!("{HEADER}\n{lines}"))
}

#[test]
fn what_is_written_is_read_again() {
    let header = Header::new(Version::new(26, 1), "com.example.app");
    let records = [
        Record::of(0, 1, Event::LaunchFinished(Empty {})),
        Record::new(7, Event::Clock(Empty {})),
        Record::end(9, End::Closed),
    ];
    let mut writer = Writer::new(Vec::new(), &header).unwrap();
    for record in &records {
        writer.record(record).unwrap();
    }
    let file = writer.finish().unwrap();
    let trace = Reader::new(&*file, "t.jsonl").unwrap();
    assert_eq!(trace.header(), &header);
    assert_eq!(trace.collect::<Result<Vec<_>, _>>().unwrap(), records);
}

#[test]
fn a_byte_order_mark_crlf_and_blank_lines_at_the_end_are_tolerated() {
    let file = format!("\u{feff}{HEADER}\r\n{{\"at\":1,\"end\":\"cut\"}}\r\n\r\n  \n");
    assert_eq!(read(file), (1, String::new()));
    assert_eq!(read(HEADER), (0, String::new()));
}

#[test]
fn a_file_without_a_header_says_what_one_looks_like() {
    for empty in ["", "\n \n"] {
        let (_, error) = read(empty);
        assert!(
            error.starts_with("t.jsonl:1:1: nothing in it: expected a header, such as {\"bgspec\":1"),
            "{error}"
        );
    }
    let (_, error) = read(r#"{"at":0,"event":{"clock":{}}}"#);
    let expected =
        "t.jsonl:1:1: no header: found `{\"at\":0,\"event\":{\"clock\":{}}}`, expected such as {\"bgspec\":1";
    assert!(error.starts_with(expected), "{error}");
}

#[test]
fn another_version_is_named_before_any_other_field_is_looked_at() {
    let (_, error) = read(r#"{"bgspec":2,"os":"31.0","new":[]}"#);
    assert_eq!(
        error,
        "t.jsonl:1:1: a trace of format 2: this bgspec reads format 1; a newer bgspec is needed"
    );
    let (_, error) = read(r#"{"bgspec":0}"#);
    assert_eq!(error, "t.jsonl:1:1: a trace of format 0: this bgspec reads format 1");
    let (_, error) = read(r#"{"bgspec":"one"}"#);
    assert_eq!(
        error,
        "t.jsonl:1:15: invalid type: string \"one\", expected a whole number from 0"
    );
}

#[test]
fn a_wrong_header_field_has_its_column() {
    let (_, error) = read(HEADER.replace("26.1", "19.0"));
    let expected =
        "t.jsonl:1:23: \"19.0\" is no version of iOS that bgspec knows: expected 13 to 18, 26 or 27, such as \"26.1\"";
    assert_eq!(error, expected);
    let (_, error) = read(HEADER.replace("origin", "orgin"));
    assert!(
        error.starts_with("t.jsonl:1:31: unknown field `orgin`, did you mean `origin`?"),
        "{error}"
    );
}

#[test]
fn a_line_that_is_no_record_has_its_line_and_column_and_keeps_what_came_before() {
    let clock = "{\"at\":1,\"event\":{\"clock\":{}}}\n";
    let cases = [
        ("hello", "3:1: no JSON object: expected `{`, found `hello`"),
        (
            "{\"at\":1,",
            "3:9: no JSON object: expected the rest of the value, found the end of the line",
        ),
        (
            "{\"at\":1}",
            "3:1: neither an event nor an end: expected one of `event` and `end`",
        ),
        (
            "{\"at\":1,\"event\":{\"clock\":{}},\"end\":\"cut\"}",
            "3:1: an event and an end in one line: expected one of `event` and `end`",
        ),
        ("{\"at\":1,\"event\":{\"cancel\":{}}}", "3:28: missing field `id`"),
        (
            "{\"at\":1,\"event\":{\"cancel\":{\"id\":\"a\",\"ids\":1}}}",
            "3:41: unknown field `ids`, did you mean `id`? Expected `id`",
        ),
        (
            "\n{\"at\":1,\"end\":\"cut\"}",
            "3:1: a blank line: expected a record, or the end of the file",
        ),
    ];
    for (line, expected) in cases {
        assert_eq!(
            behind_header(&format!("{clock}{line}")),
            (1, format!("t.jsonl:{expected}"))
        );
    }
}

#[test]
fn a_line_behind_the_end_is_refused() {
    let (records, error) = behind_header("{\"at\":1,\"end\":\"cut\"}\n{\"at\":1,\"event\":{\"clock\":{}}}\n");
    assert_eq!(records, 1);
    assert_eq!(
        error,
        "t.jsonl:3:1: a line behind the end of the trace: the end stands in line 2"
    );
}

#[test]
fn bytes_that_are_no_utf_8_have_their_column() {
    let file = [
        HEADER.as_bytes(),
        b"\n{\"at\":1,\"event\":{\"cancel\":{\"id\":\"\xff\"}}}\n",
    ]
    .concat();
    assert_eq!(read(file).1, "t.jsonl:2:34: no UTF-8: found the byte 0xff");
}

#[test]
fn a_line_of_a_hundred_megabytes_is_refused_at_the_limit() {
    let endless = Cursor::new(format!("{HEADER}\n")).chain(std::io::repeat(b' ').take(100 << 20));
    let mut trace = Reader::new(BufReader::new(endless), "t.jsonl").unwrap();
    let error = trace.next().unwrap().unwrap_err();
    assert_eq!(
        error.to_string(),
        "t.jsonl:2:1: a line of more than 16777216 bytes: expected one JSON object a line"
    );
    assert!(
        trace.lines.buffer.capacity() <= 2 * LINE_LIMIT + 2,
        "{}",
        trace.lines.buffer.capacity()
    );
    assert!(trace.next().is_none(), "nothing comes behind an error");
}

#[test]
fn an_unreadable_file_is_named() {
    let error = Reader::open("no/such/file.jsonl").map(drop).unwrap_err().to_string();
    assert_eq!(error, "no/such/file.jsonl: cannot be read: No such file or directory");
    let error = Reader::open("src").map(drop).unwrap_err().to_string();
    assert_eq!(error, "src: cannot be read: Is a directory");
}
