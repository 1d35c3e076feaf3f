//! The body of a watch, cut into events as it arrives: frames of protobuf, or lines of JSON. Neither the
//! body nor an object is ever kept whole.

use bytes::{Buf, Bytes, BytesMut};
use prost::Message;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use thiserror::Error;

use super::came::TypeMeta;
use super::meta::{ObjectMeta, Status};
use super::slim;
use crate::domain::Kind;
use crate::lang::t;

/// The largest frame or line that is read: a guard against a broken or hostile server.
const LARGEST_FRAME: usize = 64 << 20;
const MAGIC: &[u8] = b"k8s\0";

/// Why a watch could not be read on.
#[derive(Debug, Error)]
pub enum FrameError {
    #[error("{}", t!("cluster-frame-too-large", bytes = _0))]
    TooLarge(usize),
    #[error("{}", t!("cluster-frame-malformed", why = _0))]
    Malformed(String),
    #[error("{0}")]
    Other(String),
}

/// What an object of a watch or a list is read into.
pub trait Wire: Sized + Send + 'static {
    /// From the inside of its protobuf envelope.
    fn from_protobuf(raw: Bytes) -> Result<Self, String>;
    fn from_json(text: &str) -> Result<Self, String>;
}

impl<W: Message + DeserializeOwned + Default + 'static> Wire for W {
    fn from_protobuf(raw: Bytes) -> Result<W, String> {
        W::decode(raw).map_err(|e| e.to_string())
    }

    fn from_json(text: &str) -> Result<W, String> {
        serde_json::from_str(text).map_err(|e| e.to_string())
    }
}

/// An object as it came, of whatever kind. Nobody asks for such in protobuf.
#[derive(Debug)]
pub struct Whole(pub serde_json::Value);

impl Wire for Whole {
    fn from_protobuf(_: Bytes) -> Result<Whole, String> {
        Err(t!("cluster-frame-protobuf").to_owned())
    }

    fn from_json(text: &str) -> Result<Whole, String> {
        serde_json::from_str(text).map(Whole).map_err(|e| e.to_string())
    }
}

/// How the server encoded its answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    Protobuf,
    Json,
}

/// One event of a watch.
#[derive(Debug)]
pub enum WatchEvent<W> {
    Added(W),
    Modified(W),
    Deleted(W),
    /// A bookmark: its resourceVersion, and whether it closes the initial events.
    Bookmark {
        version: String,
        initial_end: bool,
    },
    Error(Status),
}

slim! {
    struct RawEvent {
        #[prost(string, tag = "1")]
        #[serde(rename = "type")]
        pub kind: String,
        #[prost(message, optional, tag = "2")]
        #[serde(skip)]
        pub object: Option<RawExtension>,
    }

    struct RawExtension {
        #[prost(bytes = "bytes", tag = "1")]
        #[serde(skip)]
        pub raw: Bytes,
    }

    /// The envelope of every protobuf object.
    struct Unknown {
        #[prost(message, optional, tag = "1")]
        #[serde(skip)]
        pub type_meta: Option<TypeMeta>,
        #[prost(bytes = "bytes", tag = "2")]
        #[serde(skip)]
        pub raw: Bytes,
    }

    /// An object of which only the metadata is read.
    struct Bare {
        #[prost(message, optional, tag = "1")]
        pub metadata: Option<ObjectMeta>,
    }
}

/// Collects the chunks of a body and gives out whole events.
#[derive(Debug)]
pub struct Frames {
    encoding: Encoding,
    /// What was asked for: an event about anything else is none of this watch.
    kind: Kind,
    buffer: BytesMut,
    /// How far the buffer was searched for the end of a line.
    searched: usize,
}

impl Frames {
    pub fn new(encoding: Encoding, kind: Kind) -> Frames {
        Frames { encoding, kind, buffer: BytesMut::new(), searched: 0 }
    }

    pub fn push(&mut self, chunk: &[u8]) {
        self.buffer.extend_from_slice(chunk);
    }

    /// The next whole event, if one has arrived.
    pub fn take<W: Wire>(&mut self) -> Result<Option<WatchEvent<W>>, FrameError> {
        let frame = match self.encoding {
            Encoding::Protobuf => self.next_frame()?,
            Encoding::Json => self.next_line()?,
        };
        let Some(frame) = frame else { return Ok(None) };
        match self.encoding {
            Encoding::Protobuf => read_protobuf(frame, self.kind),
            Encoding::Json => read_json(&frame, self.kind),
        }
        .map(Some)
    }

    /// Whether a part of an event waits for its rest.
    pub fn within(&self) -> bool {
        !self.buffer.trim_ascii().is_empty()
    }

    fn next_frame(&mut self) -> Result<Option<Bytes>, FrameError> {
        let Some(head) = self.buffer.first_chunk::<4>() else { return Ok(None) };
        let length = u32::from_be_bytes(*head) as usize;
        if length > LARGEST_FRAME {
            return Err(FrameError::TooLarge(length));
        }
        if self.buffer.len() < 4 + length {
            return Ok(None);
        }
        self.buffer.advance(4);
        Ok(Some(self.buffer.split_to(length).freeze()))
    }

    fn next_line(&mut self) -> Result<Option<Bytes>, FrameError> {
        loop {
            let Some(end) = self.buffer[self.searched..].iter().position(|b| *b == b'\n') else {
                self.searched = self.buffer.len();
                if self.searched > LARGEST_FRAME {
                    return Err(FrameError::TooLarge(self.searched));
                }
                return Ok(None);
            };
            let line = self.buffer.split_to(self.searched + end + 1).freeze();
            self.searched = 0;
            if !line.trim_ascii().is_empty() {
                return Ok(Some(line));
            }
        }
    }
}

fn malformed(error: impl std::fmt::Display) -> FrameError {
    FrameError::Malformed(error.to_string())
}

/// Takes an object out of its protobuf envelope, with what the envelope says of it.
pub fn unwrap_protobuf(mut raw: Bytes) -> Result<(TypeMeta, Bytes), FrameError> {
    if !raw.starts_with(MAGIC) {
        return Err(malformed(t!("cluster-frame-no-mark")));
    }
    raw.advance(MAGIC.len());
    let unknown = Unknown::decode(raw).map_err(malformed)?;
    Ok((unknown.type_meta.unwrap_or_default(), unknown.raw))
}

fn read_protobuf<W: Wire>(frame: Bytes, kind: Kind) -> Result<WatchEvent<W>, FrameError> {
    let event = RawEvent::decode(frame).map_err(malformed)?;
    let (said, object) = unwrap_protobuf(event.object.unwrap_or_default().raw)?;
    if event.kind != "ERROR" {
        said.is(kind).map_err(FrameError::Other)?;
    }
    Ok(match event.kind.as_str() {
        "ADDED" => WatchEvent::Added(W::from_protobuf(object).map_err(malformed)?),
        "MODIFIED" => WatchEvent::Modified(W::from_protobuf(object).map_err(malformed)?),
        "DELETED" => WatchEvent::Deleted(W::from_protobuf(object).map_err(malformed)?),
        "BOOKMARK" => bookmark(Bare::decode(object).map_err(malformed)?)?,
        "ERROR" => WatchEvent::Error(Status::decode(object).map_err(malformed)?),
        other => return Err(malformed(t!("cluster-frame-other-event", event = format!("{other:?}")))),
    })
}

fn read_json<W: Wire>(line: &[u8], kind: Kind) -> Result<WatchEvent<W>, FrameError> {
    #[derive(Deserialize)]
    struct Line<'a> {
        #[serde(rename = "type")]
        kind: &'a str,
        #[serde(borrow)]
        object: &'a serde_json::value::RawValue,
    }
    let line: Line<'_> = serde_json::from_slice(line).map_err(malformed)?;
    let object = line.object.get();
    if line.kind != "ERROR" {
        let said: TypeMeta = serde_json::from_str(object).map_err(malformed)?;
        said.is(kind).map_err(FrameError::Other)?;
    }
    Ok(match line.kind {
        "ADDED" => WatchEvent::Added(W::from_json(object).map_err(malformed)?),
        "MODIFIED" => WatchEvent::Modified(W::from_json(object).map_err(malformed)?),
        "DELETED" => WatchEvent::Deleted(W::from_json(object).map_err(malformed)?),
        "BOOKMARK" => bookmark(serde_json::from_str(object).map_err(malformed)?)?,
        "ERROR" => WatchEvent::Error(serde_json::from_str(object).map_err(malformed)?),
        other => return Err(malformed(t!("cluster-frame-other-event", event = format!("{other:?}")))),
    })
}

fn bookmark<W>(object: Bare) -> Result<WatchEvent<W>, FrameError> {
    let meta = object.metadata.unwrap_or_default();
    let initial_end = meta.annotations.get("k8s.io/initial-events-end").is_some_and(|v| v == "true");
    if meta.resource_version.is_empty() {
        return Err(malformed(t!("cluster-frame-no-version")));
    }
    Ok(WatchEvent::Bookmark { version: meta.resource_version, initial_end })
}

#[cfg(test)]
mod tests {
    use super::super::core::Pod;
    use super::*;
    use proptest::prelude::*;

    fn frame(kind: &str, object: &impl Message) -> Vec<u8> {
        let said = TypeMeta { api_version: "v1".into(), kind: "Pod".into() };
        let inner = Unknown { type_meta: Some(said), raw: object.encode_to_vec().into() }.encode_to_vec();
        let raw = [MAGIC, &inner].concat();
        let event =
            RawEvent { kind: kind.into(), object: Some(RawExtension { raw: raw.into() }) }.encode_to_vec();
        [&(event.len() as u32).to_be_bytes()[..], &event].concat()
    }

    fn pod(name: &str) -> Pod {
        let metadata = Some(ObjectMeta { name: name.into(), ..ObjectMeta::default() });
        Pod { metadata, ..Pod::default() }
    }

    #[test]
    fn frames_are_read_however_the_body_is_cut() {
        let body = [frame("ADDED", &pod("a")), frame("DELETED", &pod("b"))].concat();
        for size in 1..body.len() {
            let mut frames = Frames::new(Encoding::Protobuf, Kind::Pod);
            let mut seen = Vec::new();
            for chunk in body.chunks(size) {
                frames.push(chunk);
                while let Some(event) = frames.take::<Pod>().unwrap() {
                    seen.push(match event {
                        WatchEvent::Added(p) => format!("+{}", p.metadata.unwrap().name),
                        WatchEvent::Deleted(p) => format!("-{}", p.metadata.unwrap().name),
                        other => panic!("{other:?}"),
                    });
                }
            }
            assert_eq!(seen, ["+a", "-b"]);
        }
    }

    #[test]
    fn lines_are_read_and_bookmarks_close_the_first_state() {
        let mut frames = Frames::new(Encoding::Json, Kind::Pod);
        frames.push(b"\n{\"type\":\"ADDED\",\"object\":{\"kind\":\"Pod\",\"apiVersion\":\"v1\",\"metadata\":{\"name\":\"a\"}}}\n");
        frames.push(b"{\"type\":\"BOOK");
        assert!(matches!(frames.take::<Pod>().unwrap(), Some(WatchEvent::Added(_))));
        assert!(frames.take::<Pod>().unwrap().is_none());
        frames.push(b"MARK\",\"object\":{\"kind\":\"Pod\",\"apiVersion\":\"v1\",\"metadata\":{\"resourceVersion\":\"9\",\"annotations\":");
        frames.push(b"{\"k8s.io/initial-events-end\":\"true\"}}}}\n");
        let event = frames.take::<Pod>().unwrap();
        assert!(matches!(event, Some(WatchEvent::Bookmark { initial_end: true, .. })));
    }

    #[test]
    fn a_frame_over_the_limit_is_refused() {
        let mut frames = Frames::new(Encoding::Protobuf, Kind::Pod);
        frames.push(&u32::MAX.to_be_bytes());
        assert!(matches!(frames.take::<Pod>(), Err(FrameError::TooLarge(_))));
    }

    proptest! {
        #[test]
        fn no_bytes_make_the_reader_panic(body in proptest::collection::vec(any::<u8>(), 0..300), json: bool) {
            let mut frames = Frames::new(if json { Encoding::Json } else { Encoding::Protobuf }, Kind::Pod);
            frames.push(&body);
            while let Ok(Some(_)) = frames.take::<Pod>() {}
        }
    }
}
