//! Enums whose variants are written as names in the data and in output.

/// Declares an enum with the name of each variant, so that the data's spelling stands in one place: it is read by it, and
/// `name` and `Display` give it back.
macro_rules! named_enum {
    ($(#[$meta:meta])* $type:ident { $($(#[$variant_meta:meta])* $variant:ident = $text:literal,)* }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, serde::Deserialize)]
        pub enum $type {
            $($(#[$variant_meta])* #[serde(rename = $text)] $variant,)*
        }

        impl $type {
            /// All of them, in the order of their declaration.
            pub const ALL: [$type; [$($text),*].len()] = [$($type::$variant),*];

            /// Its name in data and output.
            pub const fn name(self) -> &'static str {
                match self {
                    $($type::$variant => $text,)*
                }
            }
        }

        impl std::fmt::Display for $type {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.name())
            }
        }
    };
}

pub(crate) use named_enum;
