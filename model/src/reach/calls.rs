//! What the app calls in a walk, and what is answered.

use crate::op::Exception;
use crate::oracle::offers::Offer;
use crate::see::Allowed;
use crate::vocabulary::*;

use super::cast::{ODD, Random};
use super::walk::Walk;

impl Walk {
    fn request(&mut self) -> Request {
        let again = self.random.below(self.submitted.len());
        if let Some(request) = self.submitted.get(again).filter(|_| self.random.0 & 3 == 0) {
            return request.clone();
        }
        let (mut id, kind) = self.id();
        if self.random.once_in(15) {
            id = self.random.of(&ODD);
        }
        let kind = if self.random.once_in(15) {
            self.random.of(&Kind::ALL)
        } else {
            kind
        };
        let mut request = Request::new(id, kind);
        request.earliest = self.random.of(&[None, None, Some(self.now + 60_000)]);
        // What a kind does not have is refused, and nothing would come of it.
        let requires = [self.random.once_in(4), self.random.once_in(4)];
        if Feature::Requirements.kinds().contains(&kind) {
            [request.network, request.power] = requires;
        }
        let protection = self
            .random
            .of(&[Protection::None, Protection::Complete, Protection::default()]);
        if kind == Kind::HealthResearch {
            request.protection = protection;
        }
        if kind == Kind::Continued {
            request.strategy = self.random.of(&[Strategy::Fail, Strategy::Queue]);
            request.gpu = self.random.once_in(5);
            let text = |random: &mut Random| (!random.once_in(12)).then(|| random.of(&["A", "B"]).to_owned());
            (request.title, request.subtitle) = (text(&mut self.random), text(&mut self.random));
        }
        request
    }
    pub(super) fn call(&mut self) {
        if let Some((call, answer)) = self.open.pop() {
            if self.random.once_in(3) {
                let end = Event::End(answer);
                let record = Record {
                    call: Some(call),
                    ..Record::new(self.now, end)
                };
                self.take(&record, 1);
                return;
            }
            self.open.push((call, answer));
        }
        let event = self.calls();
        let mut record = Record::new(self.now, event);
        if self.extensions && self.random.once_in(6) {
            record.by = Some(self.random.of(&["share", "provider"]).to_owned());
        }
        record.person = self.random.once_in(3);
        if let Some(Event::Pending(_)) = record.event {
            return self.pending(record);
        }
        let offers = self.oracle.offers(&record).unwrap_or_default();
        let mut answers: Vec<_> = offers
            .iter()
            .filter_map(|offer| answer(record.event.as_ref(), offer))
            .collect();
        if let Some(Event::BlockQueue(_) | Event::UnblockQueue(_) | Event::WorkBegan(_) | Event::WorkEnded(_)) =
            record.event
        {
            // No rule has a say in what they answer.
            answers.push(Answer::Void(ReturnAnswer::Returned));
        }
        if answers.is_empty() {
            return;
        }
        let answer = self.random.of(&answers);
        if self.random.once_in(12) && self.open.len() < 3 {
            self.calls += 1;
            record.call = Some(self.calls);
            if self.take(&record, 20) {
                self.open.push((self.calls, answer));
            }
            return;
        }
        let Some(event) = &mut record.event else { return };
        answered(event, answer);
        let request = match event {
            Event::Submit(submit) => Some(submit.request()),
            Event::SubmitAsync(submit) => Some(submit.request()),
            _ => None,
        };
        if self.take(&record, 20) {
            self.submitted.extend(request);
        }
    }

    fn calls(&mut self) -> Event {
        let (id, _) = self.known();
        let of = OfIdentifier { id: id.into() };
        let queue = self.random.of(&[None, None, Some("work".to_owned())]);
        match self.random.below(44) {
            0..=11 => {
                let id = if self.random.once_in(12) {
                    self.random.of(&ODD)
                } else {
                    self.id().0
                };
                Event::Register(Register {
                    through: None,
                    id: id.into(),
                    queue,
                    answer: None,
                })
            }
            12..=23 => Event::Submit(Submit::of(self.request())),
            24 | 25 => {
                self.submissions += 1;
                Event::SubmitAsync(SubmitAsync::of(self.request(), self.submissions))
            }
            26 => Event::ChangeSubmitted(self.request()),
            27 => Event::ChangeListed(self.request()),
            28 => Event::Cancel(of),
            29 => Event::CancelAll(Empty {}),
            30 | 31 => Event::Pending(Pending { answer: None }),
            32 => Event::SupportedResources(SupportedResources { answer: None }),
            33 => Event::SetExpirationHandler(SetExpirationHandler {
                task: self.task(),
                set: !self.random.once_in(5),
            }),
            34..=36 => {
                let task = self.task();
                let total = self.random.of(&[None, Some(10), Some(-1)]);
                let completed = self.random.of(&[None, None, Some(0), Some(1), Some(2), Some(5)]);
                let child = self.random.of(&[None, Some(0.25), Some(0.5), Some(0.75), Some(1.0)]);
                Event::Progress(Progress {
                    task,
                    total,
                    completed,
                    child,
                })
            }
            37 => Event::UpdateTitle(UpdateTitle {
                task: self.task(),
                title: "B".into(),
                subtitle: "C".into(),
            }),
            38 => Event::Complete(Complete {
                task: self.task(),
                success: self.random.once_in(2),
            }),
            39 => Event::BlockQueue(OfQueue { queue: "work".into() }),
            40 => Event::UnblockQueue(OfQueue { queue: "work".into() }),
            41 => self.random.of(&[Event::WorkBegan(of.clone()), Event::WorkEnded(of)]),
            42 => self.random.of(&[
                Event::GpuWork(Work { answer: None }),
                Event::NeuralEngineWork(Work { answer: None }),
            ]),
            _ => Event::ProtectedRead(ProtectedRead {
                class: self.random.of(&[
                    Protection::Complete,
                    Protection::None,
                    Protection::CompleteUntilFirstUserAuthentication,
                ]),
                answer: None,
            }),
        }
    }

    /// The pending list: some of what was submitted, as it fits.
    fn pending(&mut self, record: Record) {
        for attempt in 0..6 {
            let mut list: Vec<Request> = Vec::new();
            for request in self.submitted.iter().rev().take(12) {
                let taken = attempt == 0 || self.random.0 >> (attempt + list.len()) & 1 == 0;
                if taken && list.iter().all(|other| other.id != request.id) {
                    list.push(request.clone());
                }
            }
            if attempt == 5 {
                list.clear();
            }
            self.random.below(2);
            let event = Event::Pending(Pending { answer: Some(list) });
            let record = Record {
                event: Some(event),
                ..record.clone()
            };
            if self.take(&record, 300) {
                return;
            }
        }
    }
}

/// The answer that an offer makes to a call.
fn answer(event: Option<&Event>, offer: &Offer) -> Option<Answer> {
    let returned = Answer::Void(ReturnAnswer::Returned);
    Some(match (event?, offer.answer) {
        (Event::Register(_), Allowed::Returns(value)) => Answer::Register(RegisterAnswer::Returned(value)),
        (Event::Register(_), Allowed::Raises(exception)) => {
            Answer::Register(RegisterAnswer::Raised(exception.text().to_owned()))
        }
        (Event::Submit(_), Allowed::Accepts) => Answer::Submit(SubmitAnswer::Accepted),
        (Event::Submit(_), Allowed::Refuses(codes)) => {
            Answer::Submit(SubmitAnswer::Refused(codes.iter().last().unwrap_or(Code(9)).into()))
        }
        (Event::Submit(_), Allowed::Raises(exception)) => {
            Answer::Submit(SubmitAnswer::Raised(exception.text().to_owned()))
        }
        (Event::Submit(_), Allowed::Anything) => Answer::Submit(SubmitAnswer::Accepted),
        (Event::SubmitAsync(_), Allowed::Raises(_)) => {
            Answer::Void(ReturnAnswer::Raised(Exception::NoHandler.text().to_owned()))
        }
        (Event::SupportedResources(_), Allowed::Resources(gpu)) => Answer::SupportedResources(Resources { gpu }),
        (_, Allowed::Works(true)) => Answer::Work(WorkAnswer::Succeeded),
        (_, Allowed::Works(false)) => Answer::Work(WorkAnswer::Failed),
        (Event::GpuWork(_) | Event::NeuralEngineWork(_) | Event::ProtectedRead(_), _) => {
            Answer::Work(WorkAnswer::Succeeded)
        }
        (Event::Register(_) | Event::SupportedResources(_), _) => return None,
        _ => returned,
    })
}

fn answered(event: &mut Event, answer: Answer) {
    match (event, answer) {
        (Event::Register(call), Answer::Register(answer)) => call.answer = Some(answer),
        (Event::Submit(call), Answer::Submit(answer)) => call.answer = Some(answer),
        (Event::SubmitAsync(call), Answer::Void(answer)) => call.answer = Some(answer),
        (Event::SupportedResources(call), Answer::SupportedResources(answer)) => call.answer = Some(answer),
        (Event::GpuWork(call) | Event::NeuralEngineWork(call), Answer::Work(answer)) => call.answer = Some(answer),
        (Event::ProtectedRead(call), Answer::Work(answer)) => call.answer = Some(answer),
        _ => {}
    }
}
