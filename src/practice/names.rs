//! Names and uids of the practice cluster, from a seeded generator: two starts of a scenario give the same pods.
//!
//! Not for secrets; nothing here is unpredictable, on purpose.

/// The letters that Kubernetes puts into generated names: no vowels, nothing that looks like another.
const LETTERS: &[u8] = b"bcdfghjklmnpqrstvwxz2456789";

/// A small generator (splitmix64).
#[derive(Debug, Clone)]
pub struct Names {
    state: u64,
}

impl Names {
    /// Starts the sequence that belongs to `seed`.
    pub fn new(seed: &str) -> Self {
        Self { state: fnv(seed.as_bytes()) }
    }

    fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.state;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A suffix such as `x7kqp`.
    pub fn suffix(&mut self, len: usize) -> String {
        let mut bits = self.next();
        (0..len)
            .map(|_| {
                let letter = LETTERS[usize::try_from(bits % 27).expect("below 27")];
                bits = (bits / 27) ^ self.next();
                char::from(letter)
            })
            .collect()
    }

    /// A uid in the form of a random UUID.
    pub fn uid(&mut self) -> String {
        let (a, b) = (self.next(), self.next());
        format!(
            "{:08x}-{:04x}-4{:03x}-{:04x}-{:012x}",
            a >> 32,
            (a >> 16) & 0xffff,
            a & 0xfff,
            (b >> 48) & 0x3fff | 0x8000,
            b & 0xffff_ffff_ffff
        )
    }

    /// Sixteen hexadecimal digits, as in the names of Events.
    pub fn hex(&mut self) -> String {
        format!("{:016x}", self.next())
    }

    /// A container id.
    pub fn container_id(&mut self) -> String {
        format!("containerd://{}{}{}{}", self.hex(), self.hex(), self.hex(), self.hex())
    }
}

/// FNV-1a, the hash behind template hashes and seeds.
pub fn fnv(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |h, b| (h ^ u64::from(*b)).wrapping_mul(0x0100_0000_01b3))
}

/// The value of a `pod-template-hash` or `controller-revision-hash` label for a serialised template.
pub fn template_hash(text: &str) -> String {
    let mut hash = fnv(text.as_bytes());
    (0..10)
        .map(|_| {
            let letter = LETTERS[usize::try_from(hash % 27).expect("below 27")];
            hash /= 27;
            char::from(letter)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_gives_the_same_names() {
        let (mut a, mut b) = (Names::new("x"), Names::new("x"));
        assert_eq!(a.suffix(5), b.suffix(5));
        assert_eq!(a.uid(), b.uid());
        assert_ne!(a.suffix(5), Names::new("y").suffix(5));
        assert_eq!(a.uid().len(), 36);
    }
}
