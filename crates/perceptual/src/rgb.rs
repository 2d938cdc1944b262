//! A borrowed picture.

/// A picture as rows of red, green, blue bytes, top row first, no padding.
#[derive(Clone, Copy, Debug)]
pub struct Rgb<'a> {
    width: usize,
    height: usize,
    pixels: &'a [u8],
}

impl<'a> Rgb<'a> {
    /// A picture of `width` x `height` pixels; `None` unless `pixels` holds exactly three bytes for each.
    #[must_use]
    pub fn new(width: u32, height: u32, pixels: &'a [u8]) -> Option<Self> {
        let (width, height) = (usize::try_from(width).ok()?, usize::try_from(height).ok()?);
        let bytes = width.checked_mul(height)?.checked_mul(3)?;
        (pixels.len() == bytes).then_some(Self { width, height, pixels })
    }

    /// Pixels in a row.
    #[must_use]
    pub fn width(&self) -> usize {
        self.width
    }

    /// Rows.
    #[must_use]
    pub fn height(&self) -> usize {
        self.height
    }

    /// The bytes, three a pixel.
    #[must_use]
    pub fn pixels(&self) -> &'a [u8] {
        self.pixels
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn size_must_fit() {
        let check = |width, height, bytes: usize, expected: bool| {
            assert_eq!(Rgb::new(width, height, &vec![0; bytes]).is_some(), expected, "{width}x{height}");
        };
        check(2, 3, 18, true);
        check(2, 3, 17, false);
        check(2, 3, 19, false);
        check(0, 0, 0, true);
        check(u32::MAX, u32::MAX, 3, false);
    }
}
