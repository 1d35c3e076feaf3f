//! Messages of apimachinery: metadata, times, quantities, selectors, statuses.

use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer};

use super::slim;
use crate::domain::Timestamp;

/// A moment: seconds and nanoseconds in protobuf, RFC 3339 text in JSON.
#[derive(Clone, Copy, PartialEq, ::prost::Message)]
pub struct Time {
    #[prost(int64, tag = "1")]
    pub seconds: i64,
    #[prost(int32, tag = "2")]
    pub nanos: i32,
}

impl Time {
    /// None for the zero time and for one outside of the calendar.
    pub fn timestamp(self) -> Option<Timestamp> {
        Timestamp::new(self.seconds, self.nanos).ok().filter(|t| t.as_second() != 0)
    }
}

impl<'de> Deserialize<'de> for Time {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Time, D::Error> {
        let text = std::borrow::Cow::<str>::deserialize(from)?;
        let at: Timestamp = text.parse().map_err(serde::de::Error::custom)?;
        Ok(Time { seconds: at.as_second(), nanos: at.subsec_nanosecond() })
    }
}

/// A resource quantity as text, for instance `250m` or `1Gi`.
#[derive(Clone, PartialEq, ::prost::Message, Deserialize)]
#[serde(transparent)]
pub struct Quantity {
    #[prost(string, tag = "1")]
    pub text: String,
}

/// A message of which only the presence matters.
#[derive(Clone, Copy, PartialEq, ::prost::Message, Deserialize)]
pub struct Present {}

/// A number or a percentage.
#[derive(Clone, PartialEq, ::prost::Message)]
pub struct IntOrString {
    #[prost(int64, tag = "1")]
    pub kind: i64,
    #[prost(int32, tag = "2")]
    pub int: i32,
    #[prost(string, tag = "3")]
    pub text: String,
}

impl std::fmt::Display for IntOrString {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if self.kind == 0 { write!(f, "{}", self.int) } else { f.write_str(&self.text) }
    }
}

impl<'de> Deserialize<'de> for IntOrString {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<IntOrString, D::Error> {
        #[derive(Deserialize)]
        #[serde(untagged)]
        enum Either {
            Int(i32),
            Text(String),
        }
        Ok(match Either::deserialize(from)? {
            Either::Int(int) => IntOrString { kind: 0, int, text: String::new() },
            Either::Text(text) => IntOrString { kind: 1, int: 0, text },
        })
    }
}

slim! {
    struct ObjectMeta {
        #[prost(string, tag = "1")]
        pub name: String,
        #[prost(string, tag = "3")]
        pub namespace: String,
        #[prost(string, tag = "5")]
        pub uid: String,
        #[prost(string, tag = "6")]
        pub resource_version: String,
        #[prost(int64, tag = "7")]
        pub generation: i64,
        #[prost(message, optional, tag = "8")]
        pub creation_timestamp: Option<Time>,
        #[prost(message, optional, tag = "9")]
        pub deletion_timestamp: Option<Time>,
        #[prost(btree_map = "string, string", tag = "11")]
        pub labels: BTreeMap<String, String>,
        #[prost(btree_map = "string, string", tag = "12")]
        pub annotations: BTreeMap<String, String>,
        #[prost(message, repeated, tag = "13")]
        pub owner_references: Vec<OwnerReference>,
        #[prost(string, repeated, tag = "14")]
        pub finalizers: Vec<String>,
    }

    struct OwnerReference {
        #[prost(string, tag = "1")]
        pub kind: String,
        #[prost(string, tag = "3")]
        pub name: String,
        #[prost(bool, tag = "6")]
        pub controller: bool,
    }

    struct LabelSelector {
        #[prost(btree_map = "string, string", tag = "1")]
        pub match_labels: BTreeMap<String, String>,
        #[prost(message, repeated, tag = "2")]
        pub match_expressions: Vec<LabelSelectorRequirement>,
    }

    struct LabelSelectorRequirement {
        #[prost(string, tag = "1")]
        pub key: String,
        #[prost(string, tag = "2")]
        pub operator: String,
        #[prost(string, repeated, tag = "3")]
        pub values: Vec<String>,
    }

    struct ListMeta {
        #[prost(string, tag = "2")]
        pub resource_version: String,
        #[prost(string, tag = "3")]
        #[serde(rename = "continue")]
        pub continuation: String,
        #[prost(int64, optional, tag = "4")]
        #[serde(rename = "remainingItemCount")]
        pub remaining: Option<i64>,
    }

    /// An error answer of the API.
    struct Status {
        #[prost(string, tag = "3")]
        pub message: String,
        #[prost(string, tag = "4")]
        pub reason: String,
        #[prost(int32, tag = "6")]
        pub code: i32,
    }

    /// A condition of a Node or a Pod; those of a Deployment have other numbers.
    struct Condition {
        #[prost(string, tag = "1")]
        #[serde(rename = "type")]
        pub kind: String,
        #[prost(string, tag = "2")]
        pub status: String,
        #[prost(message, optional, tag = "4")]
        pub last_transition_time: Option<Time>,
        #[prost(string, tag = "5")]
        pub reason: String,
        #[prost(string, tag = "6")]
        pub message: String,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_and_numbers_are_read_from_json() {
        let t: Time = serde_json::from_str("\"2026-03-01T03:10:02.5Z\"").unwrap();
        assert_eq!(t.timestamp().unwrap().to_string(), "2026-03-01T03:10:02.5Z");
        let n: IntOrString = serde_json::from_str("2").unwrap();
        let p: IntOrString = serde_json::from_str("\"50%\"").unwrap();
        assert_eq!((n.to_string(), p.to_string()), ("2".into(), "50%".into()));
        assert!(Time { seconds: 0, nanos: 0 }.timestamp().is_none());
    }
}
