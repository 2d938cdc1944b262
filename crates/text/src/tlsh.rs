//! TLSH: a digest of bytes, and how far apart two digests are; for exchange with others who keep them.
//!
//! Oliver, Cheng, Chen, "TLSH - A Locality Sensitive Hash" (2013), in the form that is exchanged: 128 buckets, a
//! checksum of one byte, `T1` and 70 hexadecimal digits. Digests and distances are those of the authors' program, bit by
//! bit. Our own search for near texts is [`crate::near`]: one capital or invisible character in each word makes a TLSH
//! of something else, and short posts have none.

use std::fmt;
use std::str::FromStr;

/// Shorter inputs have no digest.
pub const BYTES_MIN: usize = 50;

/// Longer inputs have no digest here: the counts are kept in 32 bits.
pub const BYTES_MAX: usize = 16 * 1024 * 1024;

/// Buckets that are counted; the digest shows the first half.
const BUCKETS: usize = 256;
const SHOWN: usize = 128;

/// Bytes of the part that holds two bits a bucket.
const CODE: usize = SHOWN / 4;

/// A digest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Tlsh {
    checksum: u8,
    /// The length's logarithm, in steps.
    length: u8,
    /// How the first and the second quartile stand to the third, 0 to 15 each.
    ratios: [u8; 2],
    /// For each shown bucket, four a byte from the low bits on, in which quarter its count is.
    code: [u8; CODE],
}

/// The text is no digest: not `T1` and 70 hexadecimal digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BadTlsh;

impl fmt::Display for BadTlsh {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("A TLSH digest is T1 and 70 hexadecimal digits.")
    }
}

impl std::error::Error for BadTlsh {}

impl Tlsh {
    /// The digest of some bytes; `None` when they are fewer than [`BYTES_MIN`], more than [`BYTES_MAX`], or too alike.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Option<Self> {
        if !(BYTES_MIN..=BYTES_MAX).contains(&bytes.len()) {
            return None;
        }
        let (buckets, checksum) = count(bytes);
        let shown = &buckets[..SHOWN];
        let mut sorted = [0; SHOWN];
        sorted.copy_from_slice(shown);
        sorted.sort_unstable();
        let [first, second, third] = [1, 2, 3].map(|quarter| sorted[SHOWN / 4 * quarter - 1]);
        let filled = shown.iter().filter(|count| **count > 0).count();
        if third == 0 || filled <= SHOWN / 2 {
            return None;
        }
        let mut code = [0; CODE];
        for (at, count) in shown.iter().enumerate() {
            let quarter = u8::from(*count > first) + u8::from(*count > second) + u8::from(*count > third);
            code[at / 4] |= quarter << (at % 4 * 2);
        }
        // as in the authors' program: in 32-bit floating point, cut off
        let ratio = |quartile: u32| ((quartile * 100) as f32 / third as f32) as u32 % 16;
        let ratios = [first, second].map(|quartile| ratio(quartile) as u8);
        Some(Self { checksum, length: length_step(bytes.len()), ratios, code })
    }

    /// How far apart two are: 0 for the same, under about 30 for the same thing with edits, hundreds for others.
    #[must_use]
    pub fn distance(&self, other: &Self) -> u32 {
        let ratios =
            self.ratios.iter().zip(other.ratios).map(|(a, b)| match ring(u32::from(*a), u32::from(b), 16) {
                near @ 0..=1 => near,
                far => (far - 1) * 12,
            });
        let length = match ring(u32::from(self.length), u32::from(other.length), 256) {
            near @ 0..=1 => near,
            far => far * 12,
        };
        let code = self.code.iter().zip(other.code).map(|(a, b)| quarters_apart(*a, b));
        length + ratios.sum::<u32>() + u32::from(self.checksum != other.checksum) + code.sum::<u32>()
    }
}

/// Each run of five bytes gives six buckets, one for each choice of three that has the last; and steps the checksum.
fn count(bytes: &[u8]) -> ([u32; BUCKETS], u8) {
    let mut buckets = [0; BUCKETS];
    let mut checksum = 0;
    for window in bytes.windows(5) {
        let [e, d, c, b, a] = [window[0], window[1], window[2], window[3], window[4]];
        checksum = pearson([0, a, b, checksum]);
        for triple in [[2, a, b, c], [3, a, b, d], [5, a, c, d], [7, a, c, e], [11, a, b, e], [13, a, d, e]] {
            buckets[usize::from(pearson(triple))] += 1;
        }
    }
    (buckets, checksum)
}

/// The logarithm of the length to the bases 1.5, 1.3 and 1.1, joined where they meet, modulo 256.
fn length_step(length: usize) -> u8 {
    let log = (length as f64).ln();
    let step = match length {
        0..=656 => log / 0.405_465_1,
        657..=3199 => log / 0.262_364_26 - 8.727_77,
        _ => log / 0.095_310_180 - 62.547_2,
    };
    (step as u32 % 256) as u8
}

/// The shorter way between two places on a ring.
fn ring(a: u32, b: u32, size: u32) -> u32 {
    let apart = a.abs_diff(b);
    apart.min(size - apart)
}

/// The distances of four pairs of quarters; from the lowest to the highest it counts double.
fn quarters_apart(a: u8, b: u8) -> u32 {
    [0, 2, 4, 6].iter().fold(0, |sum, shift| {
        let apart = u32::from((a >> shift & 3).abs_diff(b >> shift & 3));
        sum + if apart == 3 { 6 } else { apart }
    })
}

/// Checksum and length are written low digit first; the code from its last byte on.
impl fmt::Display for Tlsh {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ratios = self.ratios[0] << 4 | self.ratios[1];
        write!(f, "T1{:02X}{:02X}{ratios:02X}", self.checksum.rotate_left(4), self.length.rotate_left(4))?;
        self.code.iter().rev().try_for_each(|byte| write!(f, "{byte:02X}"))
    }
}

/// Reads what [`Display`](fmt::Display) writes, in upper or lower case, also without `T1` as it was once written.
impl FromStr for Tlsh {
    type Err = BadTlsh;

    fn from_str(text: &str) -> Result<Self, BadTlsh> {
        let digits = text.strip_prefix("T1").filter(|_| text.len() == 2 * (CODE + 3) + 2).unwrap_or(text);
        if digits.len() != 2 * (CODE + 3) || !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return Err(BadTlsh);
        }
        let mut bytes = [0; CODE + 3];
        for (at, byte) in bytes.iter_mut().enumerate() {
            *byte = u8::from_str_radix(&digits[2 * at..2 * at + 2], 16).map_err(|_| BadTlsh)?;
        }
        let [checksum, length, ratios, ref mut code @ ..] = bytes;
        code.reverse();
        Ok(Self {
            checksum: checksum.rotate_left(4),
            length: length.rotate_left(4),
            ratios: [ratios >> 4, ratios & 15],
            code: *code,
        })
    }
}

/// Pearson's hash of four bytes (CACM 33, 1990).
fn pearson(bytes: [u8; 4]) -> u8 {
    bytes.iter().fold(0, |hash, byte| PEARSON[usize::from(hash ^ byte)])
}

/// The table of that paper.
#[rustfmt::skip]
const PEARSON: [u8; 256] = [
    1, 87, 49, 12, 176, 178, 102, 166, 121, 193, 6, 84, 249, 230, 44, 163, 14, 197, 213, 181, 161, 85, 218, 80, 64, 239,
    24, 226, 236, 142, 38, 200, 110, 177, 104, 103, 141, 253, 255, 50, 77, 101, 81, 18, 45, 96, 31, 222, 25, 107, 190,
    70, 86, 237, 240, 34, 72, 242, 20, 214, 244, 227, 149, 235, 97, 234, 57, 22, 60, 250, 82, 175, 208, 5, 127, 199,
    111, 62, 135, 248, 174, 169, 211, 58, 66, 154, 106, 195, 245, 171, 17, 187, 182, 179, 0, 243, 132, 56, 148, 75, 128,
    133, 158, 100, 130, 126, 91, 13, 153, 246, 216, 219, 119, 68, 223, 78, 83, 88, 201, 99, 122, 11, 92, 32, 136, 114,
    52, 10, 138, 30, 48, 183, 156, 35, 61, 26, 143, 74, 251, 94, 129, 162, 63, 152, 170, 7, 115, 167, 241, 206, 3, 150,
    55, 59, 151, 220, 90, 53, 23, 131, 125, 173, 15, 238, 79, 95, 89, 16, 105, 137, 225, 224, 217, 160, 37, 123, 118,
    73, 2, 157, 46, 116, 9, 145, 134, 228, 207, 212, 202, 215, 69, 229, 27, 188, 67, 124, 168, 252, 42, 4, 29, 108, 21,
    247, 19, 205, 39, 203, 233, 40, 186, 147, 198, 192, 155, 33, 164, 191, 98, 204, 165, 180, 117, 76, 140, 36, 210,
    172, 41, 54, 159, 8, 185, 232, 113, 196, 231, 47, 146, 120, 51, 65, 28, 144, 254, 221, 93, 189, 194, 139, 112, 43,
    71, 109, 184, 209,
];

#[cfg(test)]
mod tests;
