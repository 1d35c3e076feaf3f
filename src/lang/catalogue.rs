//! The catalogues, read out of the program when the first text of a language is said.

use std::collections::HashMap;
use std::sync::OnceLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use fluent_syntax::ast::Entry;
use include_dir::{Dir, include_dir};

use super::Language;

static FILES: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/assets/lang");

/// All messages of one language.
pub struct Catalogue {
    bundle: FluentBundle<FluentResource>,
    /// Those without values, as they are shown: a footer asks for them with each frame.
    plain: HashMap<String, String>,
}

/// The catalogue of a language.
pub fn of(language: Language) -> &'static Catalogue {
    static READ: [OnceLock<Catalogue>; Language::ALL.len()] = [const { OnceLock::new() }; _];
    READ[language as usize].get_or_init(|| Catalogue::read(language))
}

impl Catalogue {
    fn read(language: Language) -> Catalogue {
        let id = language.id().parse().expect("the id of a language is one by the rules of Unicode");
        let mut bundle = FluentBundle::new_concurrent(vec![id]);
        // Else there are marks of direction around each value, which are cells of their own in many terminals.
        bundle.set_use_isolating(false);
        let mut ids = Vec::new();
        for file in FILES.get_dir(language.id()).into_iter().flat_map(Dir::files) {
            let text = file.contents_utf8().unwrap_or_default().to_owned();
            // What has faults is read as far as it goes; a test names the place.
            let resource = FluentResource::try_new(text).unwrap_or_else(|(resource, _)| resource);
            ids.extend(resource.entries().filter_map(|entry| match entry {
                Entry::Message(message) => Some(message.id.name.to_owned()),
                _ => None,
            }));
            bundle.add_resource_overriding(resource);
        }
        let mut catalogue = Catalogue { bundle, plain: HashMap::new() };
        catalogue.plain =
            ids.into_iter().filter_map(|id| catalogue.text(&id, None).map(|text| (id, text))).collect();
        catalogue
    }

    /// A message without values.
    pub fn plain(&self, id: &str) -> Option<&str> {
        self.plain.get(id).map(String::as_str)
    }

    /// A message with its values. None where there is none, or where it wants other values.
    pub fn filled<const N: usize>(
        &self,
        id: &str,
        values: [(&'static str, FluentValue<'_>); N],
    ) -> Option<String> {
        self.text(id, Some(&FluentArgs::from_iter(values)))
    }

    fn text(&self, id: &str, values: Option<&FluentArgs<'_>>) -> Option<String> {
        let pattern = self.bundle.get_message(id)?.value()?;
        let mut errors = Vec::new();
        let text = self.bundle.format_pattern(pattern, values, &mut errors);
        errors.is_empty().then(|| text.into_owned())
    }
}
