//! Which cluster a session is on, and whether what answers now is that one. What is known of it is in one place, is learnt
//! once, and is asked again before anything is begun.
//!
//! Must not send anything but the question.

use tokio::sync::mpsc;

use super::journal::Recorder;
use crate::app::Msg;
use crate::cluster::{Which, which_cluster};
use crate::lang::t;

/// What is known of the session's cluster.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) enum Known {
    /// Nobody asked yet.
    #[default]
    Unasked,
    /// It was asked, and nothing came back so far.
    Unanswered,
    /// It may not be read: the cluster is known by its address alone.
    Hidden,
    Is(String),
    /// Another one answered. That is not forgotten.
    Left,
}

/// What an answer means for what is about to be begun.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    Same,
    /// Another cluster answers.
    Other,
    /// It cannot be told, and why.
    Untold(String),
}

impl Known {
    /// Takes an answer, and says whether it is the session's cluster. The uid is some only where it is new.
    pub(super) fn take(&mut self, said: Which) -> (Verdict, Option<String>) {
        let untold = |why: &str| (Verdict::Untold(why.to_owned()), None);
        match (&*self, said) {
            (Known::Left, _) => (Verdict::Other, None),
            (Known::Is(was), Which::Is(now)) if *was == now => (Verdict::Same, None),
            (Known::Is(_), Which::Is(_)) => {
                *self = Known::Left;
                (Verdict::Other, None)
            }
            (Known::Is(_), Which::Hidden) => untold(t!("runtime-same-hidden")),
            (Known::Hidden, Which::Is(_)) => untold(t!("runtime-same-was-hidden")),
            (Known::Hidden, Which::Hidden) => (Verdict::Same, None),
            (Known::Unasked | Known::Unanswered, Which::Is(uid)) => {
                *self = Known::Is(uid.clone());
                (Verdict::Same, Some(uid))
            }
            (Known::Unasked | Known::Unanswered, Which::Hidden) => {
                *self = Known::Hidden;
                (Verdict::Same, None)
            }
            (_, Which::Unanswered(why)) => {
                if *self == Known::Unasked {
                    *self = Known::Unanswered;
                }
                untold(&t!("runtime-same-unanswered", why = why))
            }
        }
    }
}

/// What was approved on one cluster is not begun on another one, whoever answers at its address by now.
#[cfg(feature = "execute")]
pub(super) async fn same_cluster(
    client: &kube::Client,
    recorder: &Recorder,
    out: &mpsc::Sender<Msg>,
) -> Result<(), String> {
    match judge(client, recorder, out).await {
        Verdict::Same => Ok(()),
        Verdict::Other => {
            let _ = out.send(Msg::OtherCluster).await;
            Err(t!("runtime-same-other").to_owned())
        }
        Verdict::Untold(why) => Err(t!("runtime-same-untold", why = why)),
    }
}

/// Asks which cluster answers, records it where that is new, and says whether it is the session's.
pub(super) async fn judge(client: &kube::Client, recorder: &Recorder, out: &mpsc::Sender<Msg>) -> Verdict {
    let said = which_cluster(client).await;
    let journal = recorder.clone();
    let judged = tokio::task::spawn_blocking(move || journal.judge(said)).await;
    match judged {
        Ok(Ok((events, verdict))) => {
            if !events.is_empty() {
                let _ = out.send(Msg::Recorded(events)).await;
            }
            verdict
        }
        Ok(Err(e)) => Verdict::Untold(e.to_string()),
        Err(e) => Verdict::Untold(e.to_string()),
    }
}

#[cfg(all(test, feature = "execute"))]
mod tests {
    use super::*;
    use crate::clock::Clock;
    use crate::domain::ClusterInfo;
    use crate::practice::{FaultTime, Pace, Practice, PracticeOptions, Scenario};

    fn is(uid: &str) -> Which {
        Which::Is(uid.to_owned())
    }

    /// What a session comes to think of these answers, one after the other.
    fn verdicts(said: &[Which]) -> Vec<&'static str> {
        let mut known = Known::default();
        let word = |v: Verdict| match v {
            Verdict::Same => "same",
            Verdict::Other => "other",
            Verdict::Untold(_) => "untold",
        };
        said.iter().map(|s| word(known.take(s.clone()).0)).collect()
    }

    #[test]
    fn what_cannot_be_told_is_not_taken_for_the_same_cluster() {
        let silent = || Which::Unanswered("refused".to_owned());
        assert_eq!(verdicts(&[is("a"), is("a"), silent(), is("a")]), ["same", "same", "untold", "same"]);
        assert_eq!(verdicts(&[is("a"), is("b"), is("a")]), ["same", "other", "other"], "it is not forgotten");
        assert_eq!(verdicts(&[silent(), silent(), is("a"), is("b")]), ["untold", "untold", "same", "other"]);
        assert_eq!(verdicts(&[is("a"), Which::Hidden]), ["same", "untold"]);
        let hidden = [Which::Hidden, Which::Hidden, silent(), Which::Hidden, is("b")];
        assert_eq!(verdicts(&hidden), ["same", "same", "untold", "same", "untold"]);
    }

    #[tokio::test]
    async fn nothing_is_sent_to_another_cluster_than_the_session_is_on() {
        let options = PracticeOptions { fault: FaultTime::Held, pace: Pace::Real };
        let start = |id: &str| Practice::start(&Scenario::load(id).unwrap(), options).unwrap();
        let (first, second) = (start("healthy"), start("node-not-ready"));
        let folder = tempfile::tempdir().unwrap();
        let recorder = Recorder::new(folder.path().to_owned(), None, ClusterInfo::default(), Clock::real());
        let (out, mut told) = mpsc::channel(8);
        // Before there is a journal, too.
        assert_eq!(same_cluster(&first.client(), &recorder, &out).await, Ok(()));
        assert!(recorder.path().is_none());
        let silent =
            kube::Client::try_from(kube::Config::new("http://127.0.0.1:1".parse().unwrap())).unwrap();
        let words = same_cluster(&silent, &recorder, &out).await.unwrap_err();
        assert!(words.contains("could not be seen"), "{words}");
        assert_eq!(same_cluster(&first.client(), &recorder, &out).await, Ok(()));
        assert!(told.try_recv().is_err());
        let words = same_cluster(&second.client(), &recorder, &out).await.unwrap_err();
        assert!(words.contains("another cluster answers") && words.contains("nothing was sent"), "{words}");
        assert!(
            matches!(told.try_recv(), Ok(Msg::OtherCluster)),
            "and the program is read-only from then on"
        );
        assert!(same_cluster(&first.client(), &recorder, &out).await.is_err(), "also when the first is back");
    }
}
