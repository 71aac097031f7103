//! `connect-policy tour`: the real server on the examples that come with it.

use tempfile::tempdir;

use crate::support::connect_policy;

#[test]
fn the_tour_works_from_any_folder() {
    let folder = tempdir().unwrap();
    let run = connect_policy(&["tour"]).in_folder(&folder).finish().exits_with(0);
    assert_eq!(run.errors, "");
    for part in ["policies/half-typed.json", "typing", "offers", "pointing at connect:DescribeQueue", "findings"] {
        assert!(run.output.contains(part), "{part} is missing:\n{}", run.output);
    }
}
