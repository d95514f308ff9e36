//! The engine's checker on histories whose verdict is known.

use bgspec_benches::etcd::{Register, logs};
use bgspec_model::engine::histories::{Linearizable, linearizable};
use todc_utils::linearizability::WGLChecker;
use todc_utils::specifications::etcd::{EtcdSpecification, history_from_log};

#[test]
fn every_history_of_etcd_has_the_verdict_that_it_is_known_to_have() {
    let logs = logs().unwrap();
    let mut wrong = Vec::new();
    for log in &logs {
        let theirs = WGLChecker::<EtcdSpecification>::is_linearizable(history_from_log(log.file.display().to_string()));
        assert_eq!(theirs, log.linearizable, "todc-utils on {}", log.file.display());
        let verdict = linearizable(&Register, None, &log.history().unwrap(), |_| true).unwrap();
        if (verdict == Linearizable::Yes) != log.linearizable {
            wrong.push((&log.file, verdict));
        }
    }
    assert!(wrong.is_empty(), "{wrong:?}");
    let yes = logs.iter().filter(|log| log.linearizable).count();
    println!("{} histories, {yes} of them linearizable", logs.len());
    assert_eq!((logs.len(), yes), (102, 23));
}

#[test]
fn a_history_that_is_not_followed_long_enough_has_none() {
    let logs = logs().unwrap();
    let given_up = logs.iter().filter(|log| {
        let verdict = linearizable(&Register, None, &log.history().unwrap(), |_| false).unwrap();
        matches!(verdict, Linearizable::Unknown { .. })
    });
    assert!(given_up.count() > 0, "each was decided within the first stretch");
}
