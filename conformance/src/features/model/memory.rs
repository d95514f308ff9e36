//! What a scheduler was given, and every answer that could be given to a call.

use std::collections::BTreeMap;

use bgspec_model::vocabulary::*;

use super::no_handler;

/// What was submitted so far.
#[derive(Debug, Clone, Default)]
pub(in crate::features) struct Memory {
    /// What was last accepted under each identifier, as it was titled last.
    pub(super) requests: BTreeMap<Identifier, Request>,
    /// Everything that was ever submitted, in its order.
    pub(super) submitted: Vec<Request>,
    /// How many submissions were asynchronous.
    pub(super) submissions: u32,
    /// Asynchronous submissions that have not completed.
    pub(super) open: Vec<u32>,
}

impl Memory {
    /// Notes a line, answered.
    pub(in crate::features) fn note(&mut self, record: &Record) {
        let Some(event) = &record.event else { return };
        if let Some(request) = event.request().filter(|_| event.is_submission()) {
            self.submitted.push(request);
        }
        if let Event::Submit(call) = event
            && call.answer == Some(SubmitAnswer::Accepted)
        {
            self.requests.insert(call.id.clone(), call.request());
        }
        if let Event::SubmitAsync(call) = event {
            self.submissions = self.submissions.max(call.submission);
            self.requests.insert(call.id.clone(), call.request());
            self.open.push(call.submission);
        }
        if let Event::SubmissionCompleted(completed) = event {
            self.open.retain(|open| *open != completed.submission);
        }
        if let Event::UpdateTitle(update) = event
            && let Some(request) = self.requests.get_mut(&update.task.id)
        {
            request.title = Some(update.title.clone());
            request.subtitle = Some(update.subtitle.clone());
        }
    }

    /// Everything that may be answered to a call, the most helpful first; where asked, lists that nothing explains too.
    pub(in crate::features) fn answers(&self, event: &Event, wrong_lists: bool) -> Vec<Answer> {
        let codes = [
            Code::TOO_MANY_PENDING,
            Code::NOT_PERMITTED,
            Code::UNAVAILABLE,
            Code::IMMEDIATE_RUN_INELIGIBLE,
        ];
        let id = match event.subject() {
            Subject::Identifier(id) => id.as_str(),
            Subject::Nothing | Subject::Identifiers(_) | Subject::EveryIdentifier | Subject::Task(_) => "",
        };
        match event.row().answer {
            Answers::None => Vec::new(),
            Answers::Register => vec![
                Answer::Register(RegisterAnswer::Returned(true)),
                Answer::Register(RegisterAnswer::Returned(false)),
                Answer::Register(RegisterAnswer::Raised(format!(
                    "Launch handler for task with identifier {id} has already been registered"
                ))),
                Answer::Register(RegisterAnswer::Raised(
                    "All launch handlers must be registered before application finishes launching".to_owned(),
                )),
            ],
            Answers::Submit => {
                let mut answers = vec![Answer::Submit(SubmitAnswer::Accepted)];
                answers.extend(codes.map(|code| Answer::Submit(SubmitAnswer::Refused(code.into()))));
                answers.push(Answer::Submit(SubmitAnswer::Raised(no_handler(&id.into()))));
                answers
            }
            Answers::Void if event.is_submission() => vec![
                Answer::Void(ReturnAnswer::Returned),
                Answer::Void(ReturnAnswer::Raised(no_handler(&id.into()))),
            ],
            Answers::Void => vec![Answer::Void(ReturnAnswer::Returned)],
            Answers::Pending => self.lists(wrong_lists).into_iter().map(Answer::Pending).collect(),
            Answers::SupportedResources => [true, false]
                .map(|gpu| Answer::SupportedResources(Resources { gpu }))
                .to_vec(),
            Answers::Work => [WorkAnswer::Succeeded, WorkAnswer::Failed].map(Answer::Work).to_vec(),
        }
    }

    /// The lists that may be pending: what was submitted, with any of it left out.
    fn lists(&self, wrong: bool) -> Vec<Vec<Request>> {
        let all: Vec<_> = self.requests.values().rev().take(8).collect();
        let mut lists: Vec<Vec<Request>> = (0..1_u32 << all.len())
            .map(|mask| {
                let chosen = all.iter().enumerate().filter(|(index, _)| mask >> index & 1 == 1);
                chosen.map(|(_, request)| (*request).clone()).collect()
            })
            .collect();
        lists.sort_by_key(|list| std::cmp::Reverse(list.len()));
        if wrong {
            self.wrong_lists(&mut lists);
        }
        lists
    }

    /// Lists that nothing that is pending explains: what was never accepted, an older request of an identifier in place
    /// of the last one, one with an attribute more, one twice.
    fn wrong_lists(&self, lists: &mut Vec<Vec<Request>>) {
        let rights = lists.clone();
        let fullest = rights.first().cloned().unwrap_or_default();
        let unknown = |request: &&Request| !rights.iter().any(|list| list.contains(request));
        for request in self.submitted.iter().filter(unknown) {
            let others = fullest.iter().filter(|other| other.id != request.id).cloned();
            lists.push(others.chain([request.clone()]).collect());
        }
        for list in rights.iter().filter(|list| !list.is_empty()) {
            for (place, request) in list.iter().enumerate() {
                let changed = [
                    Request {
                        network: !request.network,
                        ..request.clone()
                    },
                    Request {
                        earliest: Some(request.earliest.map_or(3_600_000, |date| date + 60_000)),
                        ..request.clone()
                    },
                ];
                for request in changed {
                    let mut list = list.clone();
                    list[place] = request;
                    lists.push(list);
                }
            }
            lists.push([list.clone(), vec![list[0].clone()]].concat());
        }
    }
}
