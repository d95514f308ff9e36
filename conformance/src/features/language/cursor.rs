//! A place in the text of a step, and what is expected there.

/// Reads a step from left to right.
#[derive(Debug, Clone, Copy)]
pub struct Cursor<'a> {
    text: &'a str,
    at: usize,
}

/// What was expected at a place, in bytes from the start of the step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expected {
    /// The place.
    pub at: usize,
    /// What was expected there, in words.
    pub what: String,
    /// The cell of the table under the step, where it is wrong: its row and its column, from 0.
    pub cell: Option<(usize, usize)>,
}

impl<'a> Cursor<'a> {
    /// At the start of a text.
    #[must_use]
    pub fn new(text: &'a str) -> Self {
        Self { text, at: 0 }
    }

    /// The place, in bytes from the start.
    #[must_use]
    pub fn at(&self) -> usize {
        self.at
    }

    /// What is left.
    #[must_use]
    pub fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    /// Nothing is left.
    #[must_use]
    pub fn is_over(&self) -> bool {
        self.rest().is_empty()
    }

    /// Passes over this text, if it comes next.
    pub fn eat(&mut self, text: &str) -> bool {
        let eats = self.rest().starts_with(text);
        if eats {
            self.at += text.len();
        }
        eats
    }

    /// Passes over this text.
    ///
    /// # Errors
    /// Something else comes next.
    pub fn expect(&mut self, text: &str) -> Result<(), Expected> {
        if self.eat(text) {
            Ok(())
        } else {
            Err(self.expected(format!("`{text}`")))
        }
    }

    /// Takes what comes next as long as it consists of these characters.
    pub fn take_while(&mut self, takes: impl Fn(char) -> bool) -> &'a str {
        let rest = self.rest();
        let end = rest.find(|c| !takes(c)).unwrap_or(rest.len());
        self.at += end;
        &rest[..end]
    }

    /// What was expected here.
    #[must_use]
    pub fn expected(&self, what: impl Into<String>) -> Expected {
        Expected {
            at: self.at,
            what: what.into(),
            cell: None,
        }
    }

    /// A text between these marks, its escapes read.
    ///
    /// # Errors
    /// No mark comes next, the closing one is missing, or an escape is none.
    pub fn quoted(&mut self, mark: char, what: &str) -> Result<String, Expected> {
        let start = *self;
        let wrong = |why: &str| start.expected(format!("{what}{why}"));
        let mut rest = self.rest().char_indices();
        if rest.next().map(|(_, c)| c) != Some(mark) {
            return Err(wrong(""));
        }
        let mut text = String::new();
        while let Some((at, c)) = rest.next() {
            match c {
                _ if c == mark => {
                    self.at += at + mark.len_utf8();
                    return Ok(text);
                }
                '\\' => match rest.next().map(|(_, c)| c) {
                    Some('n') => text.push('\n'),
                    Some('t') => text.push('\t'),
                    Some('r') => text.push('\r'),
                    Some('u') => {
                        let hex: String = rest
                            .by_ref()
                            .skip(1)
                            .map(|(_, c)| c)
                            .take_while(|c| *c != '}')
                            .collect();
                        let c = u32::from_str_radix(&hex, 16).ok().and_then(char::from_u32);
                        text.push(c.ok_or_else(|| wrong(", its character written as \\u{1f}"))?);
                    }
                    Some(c @ ('\\' | '"' | '\'')) => text.push(c),
                    _ => {
                        return Err(wrong(
                            ", with \\\\, \\n, \\t, \\r, \\u{…} or an escaped mark behind its backslash",
                        ));
                    }
                },
                c => text.push(c),
            }
        }
        Err(wrong(&format!(", closed by {mark}")))
    }
}

/// A text between marks, with the escapes that [`Cursor::quoted`] reads.
#[must_use]
pub fn quote(text: &str, mark: char) -> String {
    let mut quoted = String::from(mark);
    for c in text.chars() {
        match c {
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            '\t' => quoted.push_str("\\t"),
            '\r' => quoted.push_str("\\r"),
            _ if c == mark => {
                quoted.push('\\');
                quoted.push(c);
            }
            // Angle brackets would be placeholders of an outline.
            '<' | '>' => quoted.push_str(&format!("\\u{{{:x}}}", c as u32)),
            _ if c.is_control() || (c.is_whitespace() && c != ' ') => {
                quoted.push_str(&format!("\\u{{{:x}}}", c as u32));
            }
            c => quoted.push(c),
        }
    }
    quoted.push(mark);
    quoted
}
