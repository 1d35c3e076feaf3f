//! What form of an answer a client asks for. Protobuf and CBOR are passed over, whatever else is listed with them.

use http::{HeaderMap, header};

/// The form of objects in an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Form {
    #[default]
    Plain,
    Table,
    /// Only the metadata.
    Partial,
}

impl Form {
    /// The first form of the Accept header that can be served.
    pub fn of(headers: &HeaderMap) -> Self {
        let accept = headers.get(header::ACCEPT).and_then(|v| v.to_str().ok()).unwrap_or_default();
        for range in accept.split(',') {
            let mut parts = range.split(';').map(str::trim);
            let media = parts.next().unwrap_or_default();
            if !matches!(media, "application/json" | "application/*" | "*/*") {
                continue;
            }
            let wanted = parts.find_map(|p| p.strip_prefix("as=")).unwrap_or_default();
            match wanted {
                "Table" => return Self::Table,
                "PartialObjectMetadata" | "PartialObjectMetadataList" => return Self::Partial,
                "" => return Self::Plain,
                _ => {}
            }
        }
        Self::Plain
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_form_that_can_be_served_wins() {
        for (accept, form) in [
            ("application/vnd.kubernetes.protobuf,application/json", Form::Plain),
            ("application/json;as=Table;v=v1;g=meta.k8s.io,application/json", Form::Table),
            (
                "application/vnd.kubernetes.protobuf;as=PartialObjectMetadata;g=meta.k8s.io;v=v1,application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1,application/json",
                Form::Partial,
            ),
            (
                "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,application/json",
                Form::Plain,
            ),
        ] {
            let headers = HeaderMap::from_iter([(header::ACCEPT, accept.parse().unwrap())]);
            assert_eq!(Form::of(&headers), form, "{accept}");
        }
    }
}
