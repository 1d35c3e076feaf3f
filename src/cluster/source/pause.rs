//! How a reading can end, and how long it rests before it asks again: longer each time while nothing works, and at once
//! again when something did. Pure: no clock, no network.

use std::time::Duration;

use http::{HeaderMap, StatusCode};

use super::request::{Refusal, requested_pause};
use crate::cluster::wire::meta::Status;
use crate::domain::{Str, SyncState, sanitize};
use crate::lang::t;

const FIRST: Duration = Duration::from_millis(200);
const LONGEST: Duration = Duration::from_secs(30);
/// Time between two readings of what may not be followed, at least and at most.
const POLL: Duration = Duration::from_secs(15);
const LONGEST_POLL: Duration = Duration::from_mins(5);
/// What is forbidden or not served rarely changes: it is asked for again this seldom.
pub(super) const REFUSED: Duration = Duration::from_mins(5);

/// How long to rest between two readings of what may not be followed, where one takes so long: a large state is not read
/// all the time.
pub(super) fn poll(took: Duration) -> Duration {
    (took * 10).clamp(POLL, LONGEST_POLL)
}

/// Why an attempt ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Ended {
    /// The whole state was read; it can be followed from there.
    Read,
    /// The server closed the stream in good order.
    Closed,
    /// Nothing came for long: the link may be dead, and is opened anew.
    Silent,
    /// The operator asks again.
    Asked,
    /// The stream broke off.
    Cut(Str),
    /// The link is dead, and was for a while: nothing has been heard of it since.
    Dead(Str),
    /// The version to go on from is too old.
    Expired,
    /// The server does not stream lists, or never says that all was sent.
    NotStreamed,
    /// It may be listed and not watched.
    NotWatched,
    /// It is forbidden, or not served.
    Refused(SyncState),
    /// The server asks to be left alone for so long.
    Busy(Duration, Str),
    Failed(Str),
}

impl Ended {
    /// What an answer that is no success means. `core`: no API server lacks this kind.
    pub fn of(code: StatusCode, headers: &HeaderMap, refusal: &Refusal, verb: &str, core: bool) -> Ended {
        let words = format!("{} {}", code.as_u16(), sanitize(refusal.status.message.trim()));
        if let Some(pause) = requested_pause(code, headers) {
            return Ended::Busy(
                pause,
                t!("cluster-read-busy", why = words, seconds = pause.as_secs()).into(),
            );
        }
        // Nothing is thrown away on the word of something that only stands between.
        match code.as_u16() {
            403 if refusal.own => Ended::Refused(SyncState::Forbidden(verb.into())),
            404 if refusal.own && !core => Ended::Refused(SyncState::NotServed),
            410 if refusal.own => Ended::Expired,
            403 | 404 | 410 => Ended::Failed(t!("cluster-read-not-the-server", why = words).into()),
            _ => Ended::Failed(words.into()),
        }
    }

    /// What a server means that ends a watch with a Status.
    pub fn of_status(status: &Status, core: bool) -> Ended {
        let code = u16::try_from(status.code).ok().and_then(|c| StatusCode::from_u16(c).ok());
        let code = code.unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let refusal = Refusal { status: status.clone(), own: true };
        Ended::of(code, &HeaderMap::new(), &refusal, "watch", core)
    }
}

/// The rests of one reading.
#[derive(Debug)]
pub(super) struct Pauses {
    next: Duration,
}

impl Default for Pauses {
    fn default() -> Pauses {
        Pauses { next: FIRST }
    }
}

impl Pauses {
    /// How long to rest after an attempt. `worked` says whether it followed for a while: then whatever ended it is
    /// no trouble of the connection's making.
    pub fn after(&mut self, ended: &Ended, worked: bool) -> Duration {
        // A state that is read and cannot be followed is no progress, however long the reading took.
        if worked && *ended != Ended::Expired {
            self.next = FIRST;
        }
        match ended {
            Ended::Read | Ended::NotStreamed | Ended::NotWatched | Ended::Asked | Ended::Silent => {
                Duration::ZERO
            }
            Ended::Refused(_) => REFUSED,
            // What asked for time gets it, and no less than what anything else would get.
            Ended::Busy(pause, _) => self.longer().max(*pause),
            Ended::Closed | Ended::Cut(_) | Ended::Dead(_) | Ended::Expired | Ended::Failed(_) => {
                self.longer()
            }
        }
    }

    /// The next rest, and a longer one after it.
    fn longer(&mut self) -> Duration {
        let now = self.next;
        self.next = (now * 2).min(LONGEST);
        now
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rests(pauses: &mut Pauses, ended: &Ended, worked: bool, count: usize) -> Vec<u128> {
        (0..count).map(|_| pauses.after(ended, worked).as_millis()).collect()
    }

    #[test]
    fn a_stream_that_worked_never_makes_the_next_rest_longer() {
        let mut pauses = Pauses::default();
        let cut = Ended::Cut("reset".into());
        assert_eq!(rests(&mut pauses, &cut, true, 5), [200; 5]);
        assert_eq!(rests(&mut pauses, &cut, false, 3), [400, 800, 1600], "one that never works does");
        assert_eq!(rests(&mut pauses, &Ended::Closed, true, 2), [200; 2], "and begins anew once it works");
    }

    #[test]
    fn what_fails_again_and_again_is_asked_for_ever_more_seldom() {
        for (ended, worked) in
            [(Ended::Failed("no".into()), false), (Ended::Expired, true), (Ended::Closed, false)]
        {
            let mut pauses = Pauses::default();
            let all = rests(&mut pauses, &ended, worked, 10);
            assert_eq!((all[0], all[1], all[9]), (200, 400, 30_000), "{ended:?}");
            // A list that is read each time and cannot be followed is no progress.
            pauses.after(&Ended::Read, false);
            assert_eq!(rests(&mut pauses, &ended, false, 1), [30_000], "{ended:?}");
        }
    }

    #[test]
    fn what_takes_long_to_read_is_read_more_seldom() {
        let seconds = |took| poll(Duration::from_secs(took)).as_secs();
        assert_eq!([seconds(0), seconds(3), seconds(600)], [15, 30, 300]);
    }

    #[test]
    fn a_busy_server_is_left_alone_for_as_long_as_it_asks() {
        let mut pauses = Pauses::default();
        let busy = |s| Ended::Busy(Duration::from_secs(s), "429".into());
        assert_eq!(pauses.after(&busy(7), false).as_secs(), 7);
        assert!(pauses.after(&busy(0), false) >= FIRST);
    }

    #[test]
    fn an_answer_says_what_to_do_next() {
        let status = Status { message: "no".into(), ..Status::default() };
        let of = |code: u16, own: bool, core: bool| {
            let refusal = Refusal { status: status.clone(), own };
            Ended::of(StatusCode::from_u16(code).unwrap(), &HeaderMap::new(), &refusal, "list", core)
        };
        assert_eq!(of(403, true, true), Ended::Refused(SyncState::Forbidden("list".into())));
        assert_eq!(of(404, true, false), Ended::Refused(SyncState::NotServed));
        assert_eq!(of(410, true, true), Ended::Expired);
        assert_eq!(of(500, true, true), Ended::Failed("500 no".into()));
        let late = HeaderMap::from_iter([(http::header::RETRY_AFTER, "3".parse().unwrap())]);
        let refusal = Refusal { status: status.clone(), own: true };
        let ended = Ended::of(StatusCode::TOO_MANY_REQUESTS, &late, &refusal, "list", true);
        assert_eq!(ended, Ended::Busy(Duration::from_secs(3), "429 no; it asks for 3 s".into()));
    }

    #[test]
    fn what_stands_between_takes_nothing_from_the_picture() {
        let status = Status { message: "404 page not found\n".into(), ..Status::default() };
        for (code, own, core) in
            [(403, false, false), (404, false, false), (410, false, true), (404, true, true)]
        {
            let refusal = Refusal { status: status.clone(), own };
            let code = StatusCode::from_u16(code).unwrap();
            let ended = Ended::of(code, &HeaderMap::new(), &refusal, "list", core);
            assert!(
                matches!(&ended, Ended::Failed(why) if why.contains("in the API server's place")),
                "{ended:?}"
            );
        }
    }
}
