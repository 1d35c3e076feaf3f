//! The fields of the index with their weight.

use tantivy::schema::{Field, IndexRecordOption, STORED, STRING, Schema, TextFieldIndexing, TextOptions};

/// The name under which the analyser is registered; a new name makes kept indexes invalid.
pub const ANALYSER: &str = "opsbook-1";

/// Searchable fields, the most important first, with their weight.
pub const FIELDS: [(&str, f32); 7] = [
    ("title", 6.0),
    ("symptoms", 5.0),
    ("alerts", 5.0),
    ("id", 4.0),
    ("headings", 2.5),
    ("tags", 2.0),
    ("body", 1.0),
];

/// The schema with its fields.
#[derive(Clone, Debug)]
pub struct Layout {
    /// The schema.
    pub schema: Schema,
    /// In the order of [`FIELDS`].
    pub text: [Field; FIELDS.len()],
    /// The id as one term, for boosts.
    pub key: Field,
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
        let text = FIELDS.map(|(name, _)| builder.add_text_field(name, options.clone()));
        let key = builder.add_text_field("key", STRING | STORED);
        let titles = builder.add_text_field("titles", STORED);
        Self { schema: builder.build(), text, key, titles }
    }
}
