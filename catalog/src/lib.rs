//! What exists in Amazon Connect's access control: actions, permissions, console tasks, and where we know them from.

/// All that is known. A value, so that what a workspace adds changes what is recognised.
#[derive(Clone, Debug)]
pub struct Catalog {
    _private: (),
}

impl Catalog {
    /// What ships with this program.
    pub fn builtin() -> Catalog {
        Catalog { _private: () }
    }

    /// The day on which the shipped facts were last brought up to date, `YYYY-MM-DD`.
    pub fn date(&self) -> &'static str {
        "2026-11-21"
    }
}
