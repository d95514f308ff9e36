//! Lengths of time as people write them: `2 hours`, `31 seconds`, `1 minute 30 seconds`, `150 ms`.

use bgspec_model::vocabulary::Millis;

use super::cursor::{Cursor, Expected};

/// The units from the longest on: how many milliseconds, one of it, several of it.
const UNITS: [(i128, &str, &str); 5] = [
    (86_400_000, "day", "days"),
    (3_600_000, "hour", "hours"),
    (60_000, "minute", "minutes"),
    (1_000, "second", "seconds"),
    (1, "ms", "ms"),
];

/// What a length of time looks like.
pub(super) const LENGTH: &str = "a length of time such as `2 hours` or `1 minute 30 seconds`";

/// A length of time in words; `0 seconds` for none.
#[must_use]
pub fn length(ms: i128) -> String {
    let mut rest = ms.max(0);
    let mut words = Vec::new();
    for (unit, one, many) in UNITS {
        let count = rest / unit;
        rest %= unit;
        if count > 0 {
            words.push(format!("{count} {}", if count == 1 { one } else { many }));
        }
    }
    if words.is_empty() {
        "0 seconds".to_owned()
    } else {
        words.join(" ")
    }
}

/// Reads a length of time: numbers and units, each unit once, the longer first.
pub(super) fn read_length(cursor: &mut Cursor<'_>) -> Result<i128, Expected> {
    let start = *cursor;
    let mut total: i128 = 0;
    let mut from = 0;
    loop {
        let before = *cursor;
        if from > 0 && !cursor.eat(" ") {
            break;
        }
        let digits = cursor.take_while(|c| c.is_ascii_digit());
        let Some(count) = (digits.len() <= 19).then(|| digits.parse::<i128>().ok()).flatten() else {
            *cursor = before;
            break;
        };
        if !cursor.eat(" ") {
            return Err(cursor.expected(format!("a unit of time: days, hours, minutes, seconds or ms; {LENGTH}")));
        }
        let place = *cursor;
        let word = cursor.take_while(char::is_alphabetic);
        let Some(unit) = UNITS
            .iter()
            .skip(from)
            .position(|(_, one, many)| word == *one || word == *many)
        else {
            return Err(place.expected(format!(
                "a unit of time{}: days, hours, minutes, seconds or ms",
                if from > 0 { " shorter than the one before" } else { "" }
            )));
        };
        total += count * UNITS[from + unit].0;
        from += unit + 1;
        if from == UNITS.len() {
            break;
        }
    }
    if from == 0 {
        *cursor = start;
        return Err(start.expected(LENGTH));
    }
    if Millis::try_from(total).is_err() {
        return Err(start.expected("a length of time of less than 292 million years"));
    }
    Ok(total)
}

/// A time seen from another: `now`, `in 2 hours`, `5 minutes ago`.
#[must_use]
pub fn date(time: Millis, now: Millis) -> String {
    match i128::from(time) - i128::from(now) {
        0 => "now".to_owned(),
        ahead @ 1.. => format!("in {}", length(ahead)),
        behind => format!("{} ago", length(-behind)),
    }
}

/// Reads a time seen from another.
pub(super) fn read_date(cursor: &mut Cursor<'_>, now: Millis) -> Result<Millis, Expected> {
    let start = *cursor;
    let offset = if cursor.eat("now") {
        0
    } else if cursor.eat("in ") {
        read_length(cursor)?
    } else {
        let behind =
            read_length(cursor).map_err(|_| start.expected("a time such as `in 2 hours`, `now` or `5 minutes ago`"))?;
        cursor.expect(" ago")?;
        -behind
    };
    Millis::try_from(i128::from(now) + offset).map_err(|_| start.expected("a time that the clock can show"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_go_there_and_back() {
        for ms in [0, 1, 999, 1_000, 31_000, 90_000, 7_200_000, 90_061_001, i64::MAX] {
            let text = length(i128::from(ms));
            assert_eq!(read_length(&mut Cursor::new(&text)), Ok(i128::from(ms)), "{text}");
        }
        assert_eq!(length(90_000), "1 minute 30 seconds");
    }

    #[test]
    fn what_is_no_length_is_refused() {
        for text in [
            "",
            "2",
            "2 fortnights",
            "two hours",
            "5 seconds 2 hours",
            "99999999999999999999 days",
        ] {
            let mut cursor = Cursor::new(text);
            assert!(!(read_length(&mut cursor).is_ok() && cursor.is_over()), "{text}");
        }
    }

    #[test]
    fn dates_are_seen_from_now() {
        for (time, text) in [(5_000, "in 4 seconds"), (1_000, "now"), (0, "1 second ago")] {
            assert_eq!(date(time, 1_000), text);
            assert_eq!(read_date(&mut Cursor::new(text), 1_000), Ok(time));
        }
    }
}
