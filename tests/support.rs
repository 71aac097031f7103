//! A scripted editor and a way to run the program in a shell's stead.

mod client;
mod folder;
mod program;
mod repository;

pub(crate) use client::{Client, document};
pub(crate) use folder::{folder, native, uri_in};
pub(crate) use program::{Finished, bare_server, connect_policy, is_installed, program};
pub(crate) use repository::{plain, repository, tests_folder};

use std::time::Duration;

/// How long anything may take before a test gives up. Far longer than it does take, for slow machines.
pub(crate) const LIMIT: Duration = Duration::from_secs(60);

/// A policy with one misspelt action.
pub(crate) const TYPO_POLICY: &str =
    r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["connect:DescribeUsr"],"Resource":"*"}]}"#;

/// The misspelt action.
pub(crate) const TYPO: &str = "connect:DescribeUsr";
