//! Slim messages: of each API object only the fields that a row keeps. One struct is read from protobuf
//! and from JSON alike; fields that are not named here are skipped without being copied. Numbers are those
//! of the `generated.proto` files of k8s.io/api and k8s.io/apimachinery.
//!
//! To read one more field, add it here with its number and JSON name, then in `convert`.

pub mod came;
pub mod convert;
pub mod core;
pub mod frames;
pub mod meta;
pub mod workload;

/// Declares slim messages; each gets the derives that both encodings need.
macro_rules! slim {
    ($($(#[$attr:meta])* struct $name:ident { $($body:tt)* })*) => {$(
        $(#[$attr])*
        #[derive(Clone, PartialEq, ::prost::Message, serde::Deserialize)]
        #[serde(default, rename_all = "camelCase")]
        pub struct $name { $($body)* }
    )*};
}
pub(crate) use slim;
