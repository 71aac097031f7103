//! What single names cost.

use std::sync::atomic::{AtomicUsize, Ordering};

use connect_policy_catalog::Catalog;
use connect_policy_model::{can_match, nearest_actions, nearest_permissions};
use divan::{Bencher, black_box};

fn main() {
    divan::main();
}

/// Answers are kept by question, so each time another name is looked up.
fn new_names(bencher: Bencher<'_, '_>, name: &str, ask: impl Fn(&Catalog, &str) -> Vec<String> + Sync) {
    static NUMBER: AtomicUsize = AtomicUsize::new(0);
    let catalog = Catalog::builtin();
    bencher
        .with_inputs(|| format!("{name}{:x}", NUMBER.fetch_add(1, Ordering::Relaxed) % 0x1000))
        .bench_refs(|name| assert!(!ask(&catalog, black_box(name)).is_empty()));
}

#[divan::bench]
fn wrong_action(bencher: Bencher<'_, '_>) {
    new_names(bencher, "connect:DescribeUserHierarchyGrup", |catalog, name| nearest_actions(catalog, name, "connect"));
}

#[divan::bench]
fn wrong_permission(bencher: Bencher<'_, '_>) {
    new_names(bencher, "Users.Veiw", nearest_permissions);
}

#[divan::bench]
fn wrong_action_again(bencher: Bencher<'_, '_>) {
    let catalog = Catalog::builtin();
    bencher.bench(|| nearest_actions(&catalog, black_box("connect:DescribeUserHierarchyGrup"), "connect"));
}

#[divan::bench]
fn arn_beside_template() -> bool {
    can_match(
        black_box("arn:aws:connect:us-east-1:123456789012:instance/0a1b2c3d-0000-4000-8000-000000000001/queue/*"),
        black_box("arn:${Partition}:connect:${Region}:${Account}:instance/${InstanceId}/queue/${QueueId}"),
        true,
    )
}
