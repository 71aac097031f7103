//! The catalogue on its own: what is known of an action, a pattern or a permission.
//!
//! ```sh
//! cargo run -p connect-policy-catalog --example lookup -- connect:CreateUser 'connect:List*' Users.View
//! ```

use std::env;

use connect_policy_catalog::{Catalog, Pattern};

#[allow(clippy::print_stdout)] // It is a program of its own.
fn main() {
    let catalog = Catalog::builtin();
    for name in env::args().skip(1) {
        if let Some(pattern) = Pattern::new(&name).filter(|_| Pattern::is_wild(&name)) {
            println!("{name}: {} actions", catalog.matching(&pattern).len());
        } else if let Some((service, action)) = catalog.action(&name) {
            println!("{}:{}: {}", service.prefix, action.name, action.summary.unwrap_or("known, not described"));
        } else if let Some(permission) = catalog.permission(&name) {
            println!("{}: {}", permission.name, permission.summary);
        } else {
            println!("{name}: not known");
        }
    }
}
