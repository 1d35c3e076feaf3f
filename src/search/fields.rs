//! The fields of the index with their weight.

use tantivy::schema::{Field, IndexRecordOption, STORED, STRING, Schema, TextFieldIndexing, TextOptions};

/// The name under which the analyser is registered; a new name makes kept indexes invalid.
pub const ANALYSER: &str = "opsbook-2";

/// A field that is searched.
#[derive(Clone, Copy, Debug)]
pub struct Searched {
    /// Its name.
    pub name: &'static str,
    /// How much a word counts that stands there, from 0 to 1.
    pub weight: f32,
    /// How much what it says is what the runbook is about, from 0 to 1. A word inside of an alert's name is less of that;
    /// headings and text mention other things as well.
    pub about: f32,
}

/// Searchable fields, the most important first.
pub const FIELDS: [Searched; 7] = [
    Searched { name: "title", weight: 1.0, about: 1.0 },
    Searched { name: "symptoms", weight: 0.95, about: 1.0 },
    Searched { name: "alerts", weight: 0.8, about: 0.4 },
    Searched { name: "id", weight: 0.95, about: 1.0 },
    Searched { name: "headings", weight: 0.4, about: 0.0 },
    Searched { name: "tags", weight: 0.75, about: 1.0 },
    Searched { name: "body", weight: 0.2, about: 0.0 },
];

/// Where among them the titles, the symptoms and the alerts are.
pub const TITLE: usize = 0;
pub const SYMPTOMS: usize = 1;
pub const ALERTS: usize = 2;

/// The schema with its fields.
#[derive(Clone, Debug)]
pub struct Layout {
    /// The schema.
    pub schema: Schema,
    /// In the order of [`FIELDS`].
    pub text: [Field; FIELDS.len()],
    /// The id as one term, for boosts.
    pub key: Field,
    /// Names of alerts as one term each, in lower case.
    pub alert: Field,
    /// Alerts that are meant with certain labels only: name, then the values, one a line. Not indexed.
    pub narrowed: Field,
    /// How much harm it can do, as a number. Not indexed.
    pub risk: Field,
    /// Language code and title, `zh 标题`, not indexed.
    pub titles: Field,
}

impl Layout {
    /// Makes it; the same each time.
    pub fn new() -> Self {
        let mut builder = Schema::builder();
        let indexing = TextFieldIndexing::default()
            .set_tokenizer(ANALYSER)
            .set_index_option(IndexRecordOption::WithFreqs);
        let options = TextOptions::default().set_indexing_options(indexing).set_stored();
        let text = FIELDS.map(|f| builder.add_text_field(f.name, options.clone()));
        let key = builder.add_text_field("key", STRING | STORED);
        let alert = builder.add_text_field("alert", STRING);
        let narrowed = builder.add_text_field("narrowed", STORED);
        let risk = builder.add_u64_field("risk", STORED);
        let titles = builder.add_text_field("titles", STORED);
        Self { schema: builder.build(), text, key, alert, narrowed, risk, titles }
    }
}
