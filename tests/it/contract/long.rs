//! Journals of long relations: hundreds of signed events.

use seing::error::ErrorKind;

use super::*;

#[test]
fn three_hundred_signed_events_are_examined() {
    let shop = Shop::new();
    let salts = &mut salts();
    let mut ceremony = shop.concluded(By::Key, salts);
    let acknowledgement = ceremony.journal().head().unwrap();
    let signed = 300;
    for number in ceremony.events().len()..signed {
        let amendment = Amendment::new(format!("{number:032x}"), acknowledgement, "the price of the month");
        ceremony = ceremony.amend(amendment, &shop.merchant(), at(60 * number as i64), salts).unwrap();
    }
    let journal = read(&ceremony.journal().to_json().unwrap()).unwrap();
    assert_eq!(account(&journal).attested().len(), signed - 5);
    let octets = sealed(&shop, &ceremony).to_octets().unwrap();
    assert_eq!(dossier_faults(&octets).unwrap(), []);

    // The work is bounded all the same: by the number of events, which the caller may lower.
    let mut limits = Limits::default();
    limits.events = signed;
    assert!(journal.examine(&mut Budget::new(&limits)).is_ok());
    limits.events = signed - 1;
    let error = journal.examine(&mut Budget::new(&limits)).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::LimitExceeded);
    assert_eq!(Journal::from_json(&journal.to_json().unwrap(), &limits).unwrap_err().kind(), ErrorKind::LimitExceeded);
}
