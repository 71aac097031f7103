//! `connect-policy tour`: the real server on the examples that come with it.

use tempfile::tempdir;

use crate::support::connect_policy;

#[test]
fn the_tour_works_from_any_folder_and_fits_a_screen() {
    let folder = tempdir().unwrap();
    let run = connect_policy(&["tour"]).in_folder(&folder).finish().exits_with(0);
    assert_eq!(run.errors, "");
    let lines: Vec<&str> = run.output.lines().collect();
    assert!(lines.len() < 60, "{} lines:\n{}", lines.len(), run.output);
    assert!(lines.iter().all(|line| line.chars().count() <= 100), "{}", run.output);
    assert!(run.output.is_ascii(), "no sign that needs a legend:\n{}", run.output);
}

#[test]
fn the_tour_shows_five_scenes_and_what_to_do_next() {
    let output = connect_policy(&["tour"]).finish().exits_with(0).output;
    for part in [
        // A typo, with its fix.
        "\n1. ",
        "terraform/main.tf:8: \"connect:ListUser\", # ListUsers was meant",
        "Quick fix: \"connect:ListUsers\",",
        // A label.
        "\n2. ",
        "Typed:     \"quick conn",
        "TransferDestinations.View",
        // A task.
        "\n3. ",
        "Edit approved origins (console task",
        "Inserted:  connect:AssociateApprovedOrigin, ",
        // An escalation, with the file that uses the list.
        "\n4. ",
        "shared-lists/locals.tf:3: onboarding = [\"connect:CreateUser\"",
        "Used in:   terraform/shared-lists/main.tf:5: ",
        // A change.
        "\n5. ",
        "Granted:   connect:UpdateUserSecurityProfiles",
        "Risk:      warning: `connect:UpdateUserSecurityProfiles` ",
        // The end.
        "\nNext:\n   connect-policy check ",
    ] {
        assert!(output.contains(part), "{part} is missing:\n{output}");
    }
    let next = output.lines().skip_while(|line| *line != "Next:").filter(|line| line.starts_with("   connect-policy "));
    assert_eq!(next.count(), 3, "{output}");
}
