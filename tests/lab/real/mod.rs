//! What only a real API server can show. Each test starts with [`support::real_wanted`].

mod away;
mod killed;
mod kubectl;
mod odd;
mod only_reads;
mod rehearsal;
mod rights;
mod two;
