//! What the device answers.

use bgspec_model::vocabulary::{ProtectedRead, Protection, Resources, SupportedResources, Work, WorkAnswer};

use super::*;

impl World {
    fn works(&self, event: Event) -> bool {
        self.scheduler.put(&event) == Some(Answer::Work(WorkAnswer::Succeeded))
    }

    fn reads(&self, class: Protection) -> bool {
        self.works(Event::ProtectedRead(ProtectedRead { class, answer: None }))
    }
}

#[test]
fn background_gpu_work_is_for_a_running_continued_task_that_required_it() {
    let gpu = || Event::GpuWork(Work::default());
    let world = World::opened(26);
    assert!(world.works(gpu()), "in the foreground");
    assert_eq!(
        world.submit(Request {
            gpu: true,
            ..continued("app.a")
        }),
        Ok(())
    );
    assert_eq!(world.submit(continued("app.b")), Ok(()));
    world.leave();
    assert!(world.works(gpu()));
    world.complete("app.a#1");
    assert!(!world.works(gpu()), "a task that did not require it gives none");
}

#[test]
fn supported_resources_tell_what_the_device_has() {
    for gpu in [false, true] {
        let mut facts = facts(26);
        facts.gpu = gpu;
        facts.entitlements.clear();
        let world = World::of(facts, Choices::default()).and_opened();
        let answer = world
            .scheduler
            .put(&Event::SupportedResources(SupportedResources::default()));
        assert_eq!(answer, Some(Answer::SupportedResources(Resources { gpu })));
    }
}

#[test]
fn from_27_the_neural_engine_needs_an_entitlement_in_the_background() {
    let work = || Event::NeuralEngineWork(Work::default());
    assert!(World::left(26).works(work()));
    assert!(!World::left(27).works(work()));
    assert!(World::opened(27).works(work()));
}

#[test]
fn protected_data_is_readable_by_its_class() {
    let (complete, after_first_unlock) = (Protection::Complete, Protection::default());
    let world = World::left(18);
    assert!(world.reads(complete) && world.reads(after_first_unlock));
    world.device(Device {
        locked: Some(true),
        ..Device::default()
    });
    assert!(!world.reads(complete) && world.reads(after_first_unlock));
    world.put(Event::Reboot(Empty {}));
    assert!(!world.reads(complete) && !world.reads(after_first_unlock));
    assert!(world.reads(Protection::None));
}
