//! Whether anything may be changed here and now: programs that only read, and production, which is read-only until the
//! operator arms it for a while. Without a [`Licence`] of the lock no plan can be approved.

use serde::de::Error as _;
use serde::{Deserialize, Deserializer};
use thiserror::Error;

use crate::domain::{Risk, Timestamp};

/// How long production stays armed where nothing else is configured.
const ARMED_SECONDS: i64 = 15 * 60;

/// How long it may be configured to stay armed.
const MINUTES: std::ops::RangeInclusive<u16> = 1..=240;

/// Words in the name of a context that mean production where nothing is configured for it.
const PRODUCTION_WORDS: &[&str] = &["prod", "production", "prd"];

/// What a context is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Class {
    Dev,
    Stage,
    Prod,
}

/// A row of the configuration: which contexts are what, and what follows from it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ContextRule {
    /// The name of the context; `*` stands for any text.
    #[serde(deserialize_with = "named")]
    pub name: String,
    pub class: Class,
    /// How long production stays armed, in minutes.
    #[serde(default, rename = "armed-minutes", deserialize_with = "minutes")]
    pub armed_minutes: Option<u16>,
    /// Every operation asks for one step more of the ladder.
    #[serde(default, rename = "raise-risk")]
    pub raise_risk: bool,
}

fn named<'de, D: Deserializer<'de>>(from: D) -> Result<String, D::Error> {
    let name = String::deserialize(from)?;
    if name.is_empty() { Err(D::Error::custom("a context has a name; `*` is any")) } else { Ok(name) }
}

fn minutes<'de, D: Deserializer<'de>>(from: D) -> Result<Option<u16>, D::Error> {
    let minutes = u16::deserialize(from)?;
    if MINUTES.contains(&minutes) {
        return Ok(Some(minutes));
    }
    let (least, most) = (MINUTES.start(), MINUTES.end());
    Err(D::Error::custom(format!("production stays armed for {least} to {most} minutes")))
}

impl ContextRule {
    fn fits(&self, context: &str) -> bool {
        let mut parts = self.name.split('*');
        let Some(mut rest) = parts.next().and_then(|first| context.strip_prefix(first)) else { return false };
        let mut last = None;
        for part in parts {
            if let Some(before) = last.replace(part) {
                let Some(at) = rest.find(before) else { return false };
                rest = &rest[at + before.len()..];
            }
        }
        last.map_or(rest.is_empty(), |end: &str| rest.ends_with(end))
    }
}

/// Why nothing may be changed.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Closed {
    /// For as long as the program runs.
    #[error("read-only: {0}")]
    ReadOnly(&'static str),
    #[error("{0} is production, and read-only until it is armed")]
    NotArmed(String),
}

/// The right to approve plans on one cluster, for a while. Only an open [`Lock`] gives it.
#[derive(Clone, Debug)]
pub struct Licence {
    cluster: String,
    until: Option<Timestamp>,
}

impl Licence {
    /// The context that it is for.
    pub fn cluster(&self) -> &str {
        &self.cluster
    }

    /// When it ends; none is when the program does.
    pub fn until(&self) -> Option<Timestamp> {
        self.until
    }
}

/// The lock of one context. The default one is open, where this build can change anything at all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lock {
    read_only: Option<&'static str>,
    /// Seconds that one arming lasts; none where nothing has to be armed.
    arming: Option<i64>,
    raise: bool,
    until: Option<Timestamp>,
}

impl Lock {
    /// The lock of a context by the first rule that fits; one whose name has the word of production, and no rule, is
    /// production too. The practice cluster is never production.
    pub fn of(context: &str, practice: bool, rules: &[ContextRule]) -> Lock {
        if practice {
            return Lock::default();
        }
        let rule = rules.iter().find(|r| r.fits(context));
        let named = || {
            let mut words = context.split(|c: char| !c.is_ascii_alphabetic());
            words.any(|w| PRODUCTION_WORDS.contains(&w.to_ascii_lowercase().as_str()))
        };
        let prod = rule.map_or_else(named, |r| r.class == Class::Prod);
        let seconds =
            rule.and_then(|r| r.armed_minutes).map_or(ARMED_SECONDS, |minutes| i64::from(minutes) * 60);
        Lock { arming: prod.then_some(seconds), raise: rule.is_some_and(|r| r.raise_risk), ..Lock::default() }
    }

    /// The same, shut for as long as the program runs; why.
    #[must_use]
    pub fn read_only(self, why: &'static str) -> Lock {
        Lock { read_only: Some(why), ..self }
    }

    /// Why nothing may be changed now.
    pub fn closed(&self, context: &str, now: Timestamp) -> Option<Closed> {
        if !cfg!(feature = "execute") {
            return Some(Closed::ReadOnly("this opsbook was built without execution"));
        }
        if let Some(why) = self.read_only {
            return Some(Closed::ReadOnly(why));
        }
        (self.arming.is_some() && self.armed(now).is_none()).then(|| Closed::NotArmed(context.to_owned()))
    }

    /// The right to approve plans now.
    pub fn licence(&self, context: &str, now: Timestamp) -> Result<Licence, Closed> {
        match self.closed(context, now) {
            Some(why) => Err(why),
            None => Ok(Licence { cluster: context.to_owned(), until: self.until }),
        }
    }

    /// Whether it is production, armed or not.
    pub fn production(&self) -> bool {
        self.arming.is_some()
    }

    /// Seconds that one arming lasts.
    pub fn arming_seconds(&self) -> i64 {
        self.arming.unwrap_or(0)
    }

    /// Until when it is armed.
    pub fn armed(&self, now: Timestamp) -> Option<Timestamp> {
        self.until.filter(|until| now < *until)
    }

    /// Opens production for a while. False where what was typed is not the context's name, or nothing is to be armed.
    pub fn arm(&mut self, typed: &str, context: &str, now: Timestamp) -> bool {
        let Some(seconds) = self.arming.filter(|_| typed.trim() == context) else { return false };
        self.until = Timestamp::from_second(now.as_second() + seconds).ok();
        true
    }

    /// Ends an arming whose time is over. False where there is none.
    pub fn expire(&mut self, now: Timestamp) -> bool {
        let over = self.until.is_some_and(|until| now >= until);
        if over {
            self.disarm();
        }
        over
    }

    /// Ends the arming.
    pub fn disarm(&mut self) {
        self.until = None;
    }

    /// The risk of an operation here.
    pub fn risk(&self, risk: Risk) -> Risk {
        let above = Risk::ALL.into_iter().find(|r| *r > risk).unwrap_or(risk);
        if self.raise && risk > Risk::None { above } else { risk }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    fn rule(name: &str, class: Class) -> ContextRule {
        ContextRule { name: name.into(), class, armed_minutes: Some(2), raise_risk: false }
    }

    #[test]
    fn contexts_are_production_by_their_rule_or_else_by_their_name() {
        let rules = [rule("eu-*-live*", Class::Prod), rule("prod-copy", Class::Dev)];
        for (context, prod) in [
            ("eu-1-live", true),
            ("eu-1-live-b", true),
            ("eu-live", false),
            ("us-1-live", false),
            ("prod-copy", false),
            ("prod-copy-2", true),
            ("admin@PROD.eu", true),
            ("product-team", false),
            ("prod1", true),
            ("k8s-prod02", true),
            ("reprod", false),
            ("", false),
        ] {
            assert_eq!(Lock::of(context, false, &rules).production(), prod, "{context}");
            assert!(!Lock::of(context, true, &rules).production(), "the practice cluster never is");
        }
        let any = rule("*", Class::Stage);
        assert!(any.fits("x") && any.fits("") && rule("a*a", Class::Dev).fits("aa"));
        assert!(!rule("a*a", Class::Dev).fits("a"), "one letter is not two");
    }

    #[test]
    fn production_opens_by_its_typed_name_for_its_time_only() {
        let mut lock = Lock::of("eu", false, &[rule("eu", Class::Prod)]);
        assert_eq!(lock.licence("eu", at(0)).unwrap_err(), Closed::NotArmed("eu".into()));
        assert!(!lock.arm("us", "eu", at(0)) && !lock.arm("", "eu", at(0)));
        assert!(lock.arm(" eu ", "eu", at(0)));
        let licence = lock.licence("eu", at(119)).unwrap();
        assert_eq!((licence.cluster(), licence.until()), ("eu", Some(at(120))));
        assert!(lock.licence("eu", at(120)).is_err());
        assert!(
            !lock.expire(at(119)) && lock.expire(at(120)) && !lock.expire(at(121)),
            "its end is told once"
        );
        assert!(lock.arm("eu", "eu", at(200)));
        lock.disarm();
        assert!(lock.licence("eu", at(201)).is_err());
        assert!(!Lock::default().arm("eu", "eu", at(0)), "nothing is to be armed");
    }

    #[test]
    fn a_program_that_only_reads_is_never_armed() {
        let mut lock = Lock::of("prod", false, &[]).read_only("--read-only was given");
        lock.arm("prod", "prod", at(0));
        assert!(matches!(lock.licence("prod", at(1)), Err(Closed::ReadOnly(_))));
    }

    #[test]
    fn a_rule_can_raise_the_ladder_by_one() {
        let raised = ContextRule { raise_risk: true, ..rule("eu", Class::Stage) };
        let lock = Lock::of("eu", false, &[raised]);
        let risks = Risk::ALL.map(|r| lock.risk(r));
        assert_eq!(risks, [Risk::None, Risk::Medium, Risk::High, Risk::Critical, Risk::Critical]);
        assert_eq!(Lock::default().risk(Risk::Low), Risk::Low);
    }
}
