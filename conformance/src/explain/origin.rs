//! Traces whose times count from 1970: for people they count from the first line.

use bgspec_model::vocabulary::{Event, Millis, Record};

/// No trace is so long: a first line behind this counts from elsewhere.
const TEN_YEARS: Millis = 3650 * 86_400_000;

/// The same records with times that count from the first line, where they count from long before it.
#[must_use]
pub fn from_the_first_line(mut records: Vec<Record>) -> Vec<Record> {
    let Some(origin) = records.first().map(|record| record.at).filter(|at| *at > TEN_YEARS) else {
        return records;
    };
    for record in &mut records {
        record.at -= origin;
        if let Some(to) = &mut record.to {
            *to -= origin;
        }
        let Some(event) = &mut record.event else { continue };
        if let Some(date) = event.date_mut() {
            *date -= origin;
        }
        match event {
            Event::Gap(gap) => gap.from -= origin,
            Event::Pending(pending) => {
                let listed = pending.answer.iter_mut().flatten();
                listed
                    .filter_map(|request| request.earliest.as_mut())
                    .for_each(|date| *date -= origin);
            }
            _ => {}
        }
    }
    records
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_since_1970_count_from_the_first_line_and_others_stay() {
        let line = |at: Millis, earliest: Millis| {
            let text = format!(
                r#"{{"at":{at},"pid":1,"event":{{"submit":{{"id":"a","kind":"refresh","earliest":{earliest},"answer":"accepted"}}}}}}"#
            );
            serde_json::from_str::<Record>(&text)
        };
        let (since, from, small) = (
            line(1_764_000_000_000, 1_764_000_060_000),
            line(0, 60_000),
            line(500, 60_000),
        );
        assert_eq!(
            from_the_first_line(since.into_iter().collect()),
            from.into_iter().collect::<Vec<_>>()
        );
        let small: Vec<_> = small.into_iter().collect();
        assert_eq!(from_the_first_line(small.clone()), small);
    }
}
