//! Pixels of a JPEG, to the bit as libjpeg-turbo makes them, which the tools of the field decode with.
//!
//! The decoder of `image` rounds otherwise, and its colours are up to two steps off: that turned up to 4 bits of a
//! hash, and one in twenty hashes was another (docs/decisions/0018).

use libjpeg_turbo_rs::{ColorSpace, DecodeLimits, Decoder, PixelFormat};

use super::Limits;

/// More scans than this are a bomb: each is a pass over the whole picture.
const SCANS_MAX: usize = 500;

/// The pixels, three bytes each, of a file of grey, of RGB, or of luminance and differences of colour. Nothing for one
/// of other colours or one that does not decode: the usual way takes it, or says why not.
pub(super) fn rgb(bytes: &[u8], limits: &Limits) -> Option<Vec<u8>> {
    let bounds = DecodeLimits {
        max_width: limits.side_px as usize,
        max_height: limits.side_px as usize,
        max_pixels: limits.pixels,
        max_scans: SCANS_MAX,
        max_memory: Some(limits.memory_bytes),
    };
    let mut decoder = Decoder::new_with_limits(bytes, bounds).ok()?;
    if !matches!(decoder.jpeg_color_space(), ColorSpace::Grayscale | ColorSpace::Rgb | ColorSpace::YCbCr) {
        return None;
    }
    decoder.set_output_format(PixelFormat::Rgb);
    decoder.decode_image().ok().filter(|image| image.precision == 8).map(|image| image.data)
}
