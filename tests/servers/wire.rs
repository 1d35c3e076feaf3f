//! Connections on loopback that can be cut by FIN or RST while an answer is on its way.

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll};

use axum::extract::connect_info::Connected;
use axum::serve::{IncomingStream, Listener};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpListener, TcpStream};

/// Says how the connection ends when its answer fails.
#[derive(Clone, Debug, Default)]
pub struct Cutter(Arc<AtomicBool>);

impl Cutter {
    /// By RST and not by FIN.
    pub fn reset(&self) {
        self.0.store(true, Ordering::SeqCst);
    }
}

pub struct Loopback(pub TcpListener);

pub struct Wire {
    stream: TcpStream,
    cutter: Cutter,
}

impl Drop for Wire {
    fn drop(&mut self) {
        if self.cutter.0.load(Ordering::SeqCst) {
            let _ = self.stream.set_zero_linger();
        }
    }
}

impl Listener for Loopback {
    type Io = Wire;
    type Addr = Cutter;

    async fn accept(&mut self) -> (Wire, Cutter) {
        let (stream, _) = Listener::accept(&mut self.0).await;
        let cutter = Cutter::default();
        (Wire { stream, cutter: cutter.clone() }, cutter)
    }

    fn local_addr(&self) -> io::Result<Cutter> {
        Ok(Cutter::default())
    }
}

impl Connected<IncomingStream<'_, Loopback>> for Cutter {
    fn connect_info(stream: IncomingStream<'_, Loopback>) -> Cutter {
        stream.remote_addr().clone()
    }
}

impl AsyncRead for Wire {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        to: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(cx, to)
    }
}

impl AsyncWrite for Wire {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, from: &[u8]) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write(cx, from)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }
}
