//! Whether anything may be changed here and now: programs that only read, and production, which is read-only until the
//! operator arms it for a while. Without a [`Licence`] of the lock no plan can be approved.

use serde::de::Error as _;
use serde::{Deserialize, Deserializer};
use thiserror::Error;

use crate::domain::{ClusterInfo, IN_CLUSTER, Risk, Timestamp};
use crate::lang::{Msg, msg, t};

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
    #[serde(default = "any", deserialize_with = "named")]
    pub name: String,
    /// The address of the API server, where the row is for that one alone; `*` stands for any text.
    #[serde(default, deserialize_with = "addressed")]
    pub server: Option<String>,
    pub class: Class,
    /// How long production stays armed, in minutes.
    #[serde(default, rename = "armed-minutes", deserialize_with = "minutes")]
    pub armed_minutes: Option<u16>,
    /// Every operation asks for one step more of the ladder.
    #[serde(default, rename = "raise-risk")]
    pub raise_risk: bool,
}

fn any() -> String {
    "*".to_owned()
}

fn addressed<'de, D: Deserializer<'de>>(from: D) -> Result<Option<String>, D::Error> {
    let server = String::deserialize(from)?;
    let whole = server.contains("://") || server.starts_with('*');
    let why = t!("op-lock-whole-address");
    if whole { Ok(Some(server)) } else { Err(D::Error::custom(why)) }
}

fn named<'de, D: Deserializer<'de>>(from: D) -> Result<String, D::Error> {
    let name = String::deserialize(from)?;
    if name.is_empty() { Err(D::Error::custom(t!("op-lock-name-needed"))) } else { Ok(name) }
}

fn minutes<'de, D: Deserializer<'de>>(from: D) -> Result<Option<u16>, D::Error> {
    let minutes = u16::deserialize(from)?;
    if MINUTES.contains(&minutes) {
        return Ok(Some(minutes));
    }
    let (least, most) = (MINUTES.start(), MINUTES.end());
    Err(D::Error::custom(t!("op-lock-minutes", least = least, most = most)))
}

impl ContextRule {
    fn fits(&self, context: &str, server: &str) -> bool {
        let server = address(server);
        fits(&self.name, context)
            && self.server.as_ref().is_none_or(|pattern| fits(&address(pattern), &server))
    }
}

/// Whether a text is what the pattern says; `*` stands for any text.
fn fits(pattern: &str, text: &str) -> bool {
    let mut parts = pattern.split('*');
    let Some(mut rest) = parts.next().and_then(|first| text.strip_prefix(first)) else { return false };
    let mut last = None;
    for part in parts {
        if let Some(before) = last.replace(part) {
            let Some(at) = rest.find(before) else { return false };
            rest = &rest[at + before.len()..];
        }
    }
    last.map_or(rest.is_empty(), |end: &str| rest.ends_with(end))
}

/// An address as all ways to write it come to: scheme and host in small letters, no user, no port that the scheme means
/// anyway, no slash at the end.
fn address(written: &str) -> String {
    let Some((scheme, rest)) = written.split_once("://") else { return written.to_owned() };
    let scheme = scheme.to_ascii_lowercase();
    let (host, path) = rest.find('/').map_or((rest, ""), |at| rest.split_at(at));
    let host = host.rsplit_once('@').map_or(host, |(_, host)| host).to_ascii_lowercase();
    let usual = if scheme == "http" { ":80" } else { ":443" };
    let host = host.strip_suffix(usual).unwrap_or(&host);
    format!("{scheme}://{host}{}", path.trim_end_matches('/'))
}

/// What a context is where no rule says it: production by the word in its name. What a pod finds around itself has no
/// name that would tell, so it counts as production until a rule says what it is.
fn named_production(context: &str) -> bool {
    let mut words = context.split(|c: char| !c.is_ascii_alphabetic());
    context == IN_CLUSTER || words.any(|w| PRODUCTION_WORDS.contains(&w.to_ascii_lowercase().as_str()))
}

/// Why nothing may be changed.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Closed {
    /// For as long as the program runs.
    #[error("{}", t!("op-lock-read-only", why = _0))]
    ReadOnly(Msg),
    #[error("{}", t!("op-lock-not-armed", context = _0))]
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

/// The lock of one context, whose name it was given once and never reads anywhere else. The default one is open, where
/// this build can change anything at all, and approves nothing that asks for the name of its context.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lock {
    context: String,
    read_only: Option<Msg>,
    /// Seconds that one arming lasts; none where nothing has to be armed.
    arming: Option<i64>,
    raise: bool,
    /// When it was armed: where the clock is set back before that, nobody knows how long it was.
    since: Option<Timestamp>,
    until: Option<Timestamp>,
}

impl Lock {
    /// The lock of a context that is not production.
    pub fn open(context: &str) -> Lock {
        Lock { context: context.to_owned(), ..Lock::default() }
    }

    /// The lock of a cluster by the first rule that fits; one whose name has the word of production, and no rule, is
    /// production too. It is what the most careful of its names says, where it has others (`also`): an alias makes
    /// no cluster harmless. The practice cluster is never production, and a context without a name is read-only.
    pub fn of(cluster: &ClusterInfo, also: &[&str], rules: &[ContextRule]) -> Lock {
        let open = Lock::open(&cluster.context);
        if cluster.practice {
            return open;
        }
        if cluster.context.trim().is_empty() {
            return open.read_only(msg!("op-lock-no-name"));
        }
        let names = || std::iter::once(cluster.context.as_str()).chain(also.iter().copied());
        let rule = |name: &str| rules.iter().find(|r| r.fits(name, &cluster.server));
        let prod = |name: &str| rule(name).map_or_else(|| named_production(name), |r| r.class == Class::Prod);
        let minutes = names().filter_map(|n| rule(n)?.armed_minutes).min();
        let seconds = minutes.map_or(ARMED_SECONDS, |minutes| i64::from(minutes) * 60);
        let raise = names().any(|n| rule(n).is_some_and(|r| r.raise_risk));
        Lock { arming: names().any(prod).then_some(seconds), raise, ..open }
    }

    /// The name of the context that it is for.
    pub fn context(&self) -> &str {
        &self.context
    }

    /// The same, shut for as long as the program runs; why.
    #[must_use]
    pub fn read_only(self, why: Msg) -> Lock {
        Lock { read_only: Some(why), ..self }
    }

    /// Why nothing may be changed now.
    pub fn closed(&self, now: Timestamp) -> Option<Closed> {
        if !cfg!(feature = "execute") {
            return Some(Closed::ReadOnly(msg!("op-lock-no-execution")));
        }
        if let Some(why) = self.read_only {
            return Some(Closed::ReadOnly(why));
        }
        (self.arming.is_some() && self.armed(now).is_none()).then(|| Closed::NotArmed(self.context.clone()))
    }

    /// The right to approve plans now.
    pub fn licence(&self, now: Timestamp) -> Result<Licence, Closed> {
        match self.closed(now) {
            Some(why) => Err(why),
            None => Ok(Licence { cluster: self.context.clone(), until: self.until }),
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
        self.until.filter(|until| now < *until && self.since.is_some_and(|since| since <= now))
    }

    /// Opens production for a while. False where what was typed is not the context's name, or nothing is to be armed.
    pub fn arm(&mut self, typed: &str, now: Timestamp) -> bool {
        let named = !self.context.is_empty() && typed.trim() == self.context;
        let Some(seconds) = self.arming.filter(|_| named) else { return false };
        self.since = Some(now);
        self.until = Timestamp::from_second(now.as_second() + seconds).ok();
        true
    }

    /// Ends an arming whose time is over, or was never there: the clock was set back. False where there is none.
    pub fn expire(&mut self, now: Timestamp) -> bool {
        let over = self.until.is_some() && self.armed(now).is_none();
        if over {
            self.disarm();
        }
        over
    }

    /// Ends the arming.
    pub fn disarm(&mut self) {
        (self.since, self.until) = (None, None);
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
        ContextRule { name: name.into(), server: None, class, armed_minutes: Some(2), raise_risk: false }
    }

    fn cluster(context: &str) -> ClusterInfo {
        let server = "https://10.0.0.1:6443".to_owned();
        ClusterInfo { context: context.to_owned(), server, ..ClusterInfo::default() }
    }

    fn lock(context: &str, rules: &[ContextRule]) -> Lock {
        Lock::of(&cluster(context), &[], rules)
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
            (IN_CLUSTER, true),
        ] {
            assert_eq!(lock(context, &rules).production(), prod, "{context}");
            let practice = ClusterInfo { practice: true, ..cluster(context) };
            assert!(!Lock::of(&practice, &[], &rules).production(), "the practice cluster never is");
        }
        let server = "https://10.0.0.1:6443";
        assert!(rule("*", Class::Stage).fits("x", server) && rule("a*a", Class::Dev).fits("aa", server));
        assert!(!rule("a*a", Class::Dev).fits("a", server), "one letter is not two");
    }

    #[test]
    fn what_has_no_telling_name_is_classed_by_its_server() {
        let here = ContextRule { server: Some("https://10.0.0.*".into()), ..rule("*", Class::Dev) };
        let there = ContextRule { server: Some("https://10.9.*".into()), ..rule("*", Class::Prod) };
        assert!(!lock(IN_CLUSTER, &[there.clone(), here]).production());
        assert!(lock(IN_CLUSTER, &[there]).production(), "a rule for another server says nothing");
    }

    #[test]
    fn a_server_is_found_however_its_address_is_written() {
        for written in [
            "https://10.0.0.1:6443",
            "https://10.0.0.1:6443/",
            "HTTPS://op:pw@10.0.0.1:6443/",
            "https://10.0.0.1*",
            "*//10.0.0.1:6443",
        ] {
            let rule = ContextRule { server: Some(written.into()), ..rule("*", Class::Prod) };
            assert!(lock("x", &[rule]).production(), "{written}");
        }
        let named = |server: &str| ClusterInfo { server: server.into(), ..cluster("x") };
        for (written, server) in [
            ("https://Prod.example", "https://prod.example:443"),
            ("http://a:80/k8s/c-1/", "http://A/k8s/c-1"),
        ] {
            let rule = ContextRule { server: Some(written.into()), ..rule("*", Class::Prod) };
            assert!(Lock::of(&named(server), &[], &[rule]).production(), "{written} {server}");
        }
    }

    #[test]
    fn an_alias_of_a_production_cluster_is_production() {
        let alias = Lock::of(&cluster("admin-b"), &["prod-b"], &[]);
        assert!(alias.production() && alias.context() == "admin-b");
        let short = ContextRule { armed_minutes: Some(1), ..rule("admin-b", Class::Dev) };
        let alias = Lock::of(&cluster("admin-b"), &["prod-b"], &[short, rule("prod-b", Class::Prod)]);
        assert!(alias.production() && alias.arming_seconds() == 60, "the most careful of both");
    }

    #[test]
    fn production_opens_by_its_typed_name_for_its_time_only() {
        let mut lock = lock("eu", &[rule("eu", Class::Prod)]);
        assert_eq!(lock.licence(at(0)).unwrap_err(), Closed::NotArmed("eu".into()));
        assert!(!lock.arm("us", at(0)) && !lock.arm("", at(0)));
        assert!(lock.arm(" eu ", at(0)));
        let licence = lock.licence(at(119)).unwrap();
        assert_eq!((licence.cluster(), licence.until()), ("eu", Some(at(120))));
        assert!(lock.licence(at(120)).is_err());
        assert!(
            !lock.expire(at(119)) && lock.expire(at(120)) && !lock.expire(at(121)),
            "its end is told once"
        );
        assert!(lock.arm("eu", at(200)));
        lock.disarm();
        assert!(lock.licence(at(201)).is_err());
        assert!(!Lock::open("eu").arm("eu", at(0)), "nothing is to be armed");
    }

    #[test]
    fn a_clock_that_is_set_back_ends_the_arming() {
        let mut lock = lock("eu", &[rule("eu", Class::Prod)]);
        assert!(lock.arm("eu", at(1000)));
        assert!(lock.licence(at(1000)).is_ok() && !lock.expire(at(1001)));
        assert!(lock.licence(at(999)).is_err() && lock.armed(at(999)).is_none());
        assert!(lock.expire(at(999)) && !lock.expire(at(999)), "it is told once");
        assert!(lock.licence(at(1001)).is_err(), "and stays over when the clock goes on");
    }

    #[test]
    fn an_empty_name_arms_nothing_and_a_context_without_one_is_read_only() {
        for context in ["", " "] {
            let mut lock = lock(context, &[rule("*", Class::Prod)]);
            assert!(!lock.arm("", at(0)) && !lock.arm(" ", at(0)), "{context:?}");
            assert!(matches!(lock.licence(at(1)), Err(Closed::ReadOnly(_))), "{context:?}");
        }
        let mut unnamed = Lock { arming: Some(60), ..Lock::default() };
        assert!(!unnamed.arm("", at(0)), "wherever it came from");
    }

    #[test]
    fn a_program_that_only_reads_is_never_armed() {
        let mut lock = lock("prod", &[]).read_only(msg!("op-lock-started-read-only"));
        lock.arm("prod", at(0));
        assert!(matches!(lock.licence(at(1)), Err(Closed::ReadOnly(_))));
    }

    #[test]
    fn a_rule_can_raise_the_ladder_by_one() {
        let raised = ContextRule { raise_risk: true, ..rule("eu", Class::Stage) };
        let lock = lock("eu", &[raised]);
        let risks = Risk::ALL.map(|r| lock.risk(r));
        assert_eq!(risks, [Risk::None, Risk::Medium, Risk::High, Risk::Critical, Risk::Critical]);
        assert_eq!(Lock::default().risk(Risk::Low), Risk::Low);
    }
}
