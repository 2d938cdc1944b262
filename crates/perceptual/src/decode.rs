//! Bytes to pixels, and pixels to a small preview. For the decoder child alone (D19).
//!
//! Colours become RGB as the usual tools of the field convert them: palettes and grey are resolved, alpha is
//! dropped (not blended), of 16 bits the high byte is kept, orientation tags are not applied, of an animation
//! the first frame is taken. Grey of 16 bits is the one exception: those tools clip it to white, here its
//! high byte is kept.

mod jpeg;

use std::fmt;
use std::io::Cursor;

use image::codecs::jpeg::JpegEncoder;
use image::metadata::Orientation;
use image::{
    DynamicImage, ExtendedColorType, ImageBuffer, ImageDecoder, ImageError, ImageFormat, ImageReader,
    imageops,
};

use crate::Rgb;

/// Quality of the preview, of 100.
const PREVIEW_JPEG_QUALITY: u8 = 80;

/// What a file may cost.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Longest side, pixels.
    pub side_px: u32,
    /// Width times height.
    pub pixels: u64,
    /// Memory of the decoded picture and of the decoder's own buffers, bytes.
    pub memory_bytes: u64,
}

/// The formats read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// JPEG.
    Jpeg,
    /// PNG; of an animated one the still picture.
    Png,
    /// GIF, first frame.
    Gif,
    /// WebP, first frame.
    Webp,
}

impl Format {
    /// The format that the first bytes announce.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Option<Self> {
        match image::guess_format(bytes).ok()? {
            ImageFormat::Jpeg => Some(Self::Jpeg),
            ImageFormat::Png => Some(Self::Png),
            ImageFormat::Gif => Some(Self::Gif),
            ImageFormat::WebP => Some(Self::Webp),
            _ => None,
        }
    }

    /// Lower-case name: `jpeg`, `png`, `gif`, `webp`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Jpeg => "jpeg",
            Self::Png => "png",
            Self::Gif => "gif",
            Self::Webp => "webp",
        }
    }

    /// The format of that [`name`](Self::name).
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        [Self::Jpeg, Self::Png, Self::Gif, Self::Webp].into_iter().find(|format| format.name() == name)
    }

    fn of_library(self) -> ImageFormat {
        match self {
            Self::Jpeg => ImageFormat::Jpeg,
            Self::Png => ImageFormat::Png,
            Self::Gif => ImageFormat::Gif,
            Self::Webp => ImageFormat::WebP,
        }
    }
}

/// A decoded picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    /// Pixels in a row.
    pub width: u32,
    /// Rows.
    pub height: u32,
    /// What it was.
    pub format: Format,
    /// How the file says that it is to be turned before it is shown, as EXIF counts: 1 (as it is) to 8. Not applied.
    pub orientation: u8,
    /// Three bytes a pixel, top row first.
    pub rgb: Vec<u8>,
}

/// Why a file is not decoded. The words hold nothing of the file but its size.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    /// No bytes.
    Empty,
    /// The first bytes announce none of the formats read.
    NotAPicture,
    /// Over [`Limits::side_px`] or [`Limits::pixels`].
    TooLarge {
        /// Announced pixels in a row.
        width: u32,
        /// Announced rows.
        height: u32,
    },
    /// Over [`Limits::memory_bytes`].
    TooMuchMemory,
    /// Cut off, damaged, or a variant of the format that is not read.
    Broken,
}

impl fmt::Display for Refused {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => out.write_str("The file is empty."),
            Self::NotAPicture => out.write_str("The file is not a JPEG, PNG, GIF or WebP picture."),
            Self::TooLarge { width, height } => {
                write!(out, "The picture announces {width} x {height} pixels, more than is decoded.")
            }
            Self::TooMuchMemory => out.write_str("The picture needs more memory than is given to one file."),
            Self::Broken => {
                out.write_str("The picture is cut off, damaged or of a variant that is not read.")
            }
        }
    }
}

impl std::error::Error for Refused {}

impl Picture {
    /// The pixels, for hashing.
    #[must_use]
    pub fn as_rgb(&self) -> Option<Rgb<'_>> {
        Rgb::new(self.width, self.height, &self.rgb)
    }

    /// The picture as it is to be shown; `None` when that is how it is.
    #[must_use]
    pub fn into_upright(self) -> Option<Self> {
        let orientation =
            Orientation::from_exif(self.orientation).filter(|o| *o != Orientation::NoTransforms)?;
        let pixels = ImageBuffer::from_raw(self.width, self.height, self.rgb)?;
        let mut turned = DynamicImage::ImageRgb8(pixels);
        turned.apply_orientation(orientation);
        let (width, height) = (turned.width(), turned.height());
        Some(Self { width, height, format: self.format, orientation: 1, rgb: turned.into_rgb8().into_raw() })
    }
}

/// Decodes a picture. The size is judged before any pixel is read.
pub fn picture(bytes: &[u8], limits: Limits) -> Result<Picture, Refused> {
    if bytes.is_empty() {
        return Err(Refused::Empty);
    }
    let format = Format::of(bytes).ok_or(Refused::NotAPicture)?;
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format.of_library());
    let mut bounds = image::Limits::no_limits();
    bounds.max_alloc = Some(limits.memory_bytes);
    reader.limits(bounds);

    let mut decoder = reader.into_decoder().map_err(|error| refusal(&error))?;
    let (width, height) = decoder.dimensions();
    if width.min(height) == 0 {
        return Err(Refused::Broken);
    }
    if width.max(height) > limits.side_px || u64::from(width) * u64::from(height) > limits.pixels {
        return Err(Refused::TooLarge { width, height });
    }
    if decoder.total_bytes() > limits.memory_bytes {
        return Err(Refused::TooMuchMemory);
    }
    // Metadata that cannot be read say nothing; the pixels may still be good.
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms).to_exif();
    let bytes_wanted = width as usize * height as usize * 3;
    let exact = (format == Format::Jpeg).then(|| jpeg::rgb(bytes, &limits)).flatten();
    let rgb = match exact.filter(|rgb| rgb.len() == bytes_wanted) {
        Some(rgb) => rgb,
        None => rgb_of(DynamicImage::from_decoder(decoder).map_err(|error| refusal(&error))?),
    };
    Ok(Picture { width, height, format, orientation, rgb })
}

fn refusal(error: &ImageError) -> Refused {
    match error {
        ImageError::Limits(_) => Refused::TooMuchMemory,
        _ => Refused::Broken,
    }
}

fn rgb_of(picture: DynamicImage) -> Vec<u8> {
    match picture {
        DynamicImage::ImageRgb8(pixels) => pixels.into_raw(),
        DynamicImage::ImageRgba8(pixels) => {
            each(&pixels, |[red, green, blue, _]: [u8; 4]| [red, green, blue])
        }
        DynamicImage::ImageLuma8(pixels) => each(&pixels, |[grey]: [u8; 1]| [grey; 3]),
        DynamicImage::ImageLumaA8(pixels) => each(&pixels, |[grey, _]: [u8; 2]| [grey; 3]),
        DynamicImage::ImageRgb16(pixels) => each(&pixels, |rgb: [u16; 3]| rgb.map(high)),
        DynamicImage::ImageRgba16(pixels) => each(&pixels, |[r, g, b, _]: [u16; 4]| [r, g, b].map(high)),
        DynamicImage::ImageLuma16(pixels) => each(&pixels, |[grey]: [u16; 1]| [high(grey); 3]),
        DynamicImage::ImageLumaA16(pixels) => each(&pixels, |[grey, _]: [u16; 2]| [high(grey); 3]),
        other => other.into_rgb8().into_raw(),
    }
}

/// Three bytes for each pixel of `N` samples.
fn each<T: Copy, const N: usize>(samples: &[T], pixel: impl Fn([T; N]) -> [u8; 3]) -> Vec<u8> {
    let pixels = samples.as_chunks::<N>().0;
    let mut rgb = Vec::with_capacity(pixels.len() * 3);
    pixels.iter().for_each(|samples| rgb.extend_from_slice(&pixel(*samples)));
    rgb
}

fn high(sample: u16) -> u8 {
    sample.to_be_bytes()[0]
}

/// A JPEG of the picture with no side over `side_px`, made from pixels alone: nothing of the file's own
/// metadata is in it. `None` for a picture without pixels.
#[must_use]
pub fn preview(picture: &Picture, side_px: u32) -> Option<Vec<u8>> {
    let pixels: ImageBuffer<image::Rgb<u8>, &[u8]> =
        ImageBuffer::from_raw(picture.width, picture.height, &picture.rgb[..])?;
    let longest = picture.width.max(picture.height);
    let shrink = |side: u32| {
        let side = u64::from(side) * u64::from(side_px) / u64::from(longest.max(1));
        u32::try_from(side.max(1)).unwrap_or(side_px)
    };
    let mut out = Vec::new();
    let mut encoder = JpegEncoder::new_with_quality(&mut out, PREVIEW_JPEG_QUALITY);
    if longest <= side_px {
        encoder.encode(&picture.rgb, picture.width, picture.height, ExtendedColorType::Rgb8)
    } else {
        let small = imageops::thumbnail(&pixels, shrink(picture.width), shrink(picture.height));
        encoder.encode(&small, small.width(), small.height(), ExtendedColorType::Rgb8)
    }
    .ok()?;
    Some(out)
}

/// The picture in grey, to be read by a machine: width, height, a byte a pixel. One with no side over `small_px` is made
/// twice as large, for readers want letters of some height; one with a side over `most_px` is made smaller. `None` for a
/// picture without pixels.
#[must_use]
pub fn grey(picture: &Picture, small_px: u32, most_px: u32) -> Option<(u32, u32, Vec<u8>)> {
    let (width, height) = (picture.width, picture.height);
    let luma = each(&picture.rgb, |rgb: [u8; 3]| {
        let [red, green, blue] = rgb.map(u32::from);
        [high(u16::try_from((77 * red + 150 * green + 29 * blue).min(0xFFFF)).unwrap_or(u16::MAX)); 3]
    });
    let luma: Vec<u8> = luma.into_iter().step_by(3).collect();
    let pixels: ImageBuffer<image::Luma<u8>, Vec<u8>> = ImageBuffer::from_raw(width, height, luma)?;
    let longest = width.max(height);
    let sized = match longest {
        0 => return None,
        longest if longest <= small_px => {
            imageops::resize(&pixels, width * 2, height * 2, imageops::FilterType::Triangle)
        }
        longest if longest <= most_px => pixels,
        longest => {
            let side = |side: u32| {
                u32::try_from(u64::from(side) * u64::from(most_px) / u64::from(longest)).unwrap_or(most_px)
            };
            imageops::resize(&pixels, side(width).max(1), side(height).max(1), imageops::FilterType::Triangle)
        }
    };
    Some((sized.width(), sized.height(), sized.into_raw()))
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    #[test]
    fn grey_is_of_a_size_to_be_read() {
        let check = |width: u32, height: u32, expected: (u32, u32, u8)| {
            let rgb = [200, 100, 50].repeat((width * height) as usize);
            let picture = Picture { width, height, format: Format::Png, orientation: 1, rgb };
            let (wide, high, grey) = grey(&picture, 10, 40).unwrap();
            assert_eq!((wide, high, grey[0]), expected);
            assert_eq!(grey.len(), (wide * high) as usize);
        };
        check(10, 5, (20, 10, 124));
        check(11, 5, (11, 5, 124));
        check(80, 8, (40, 4, 124));
        check(400, 1, (40, 1, 124));
    }

    use super::*;

    const LIMITS: Limits = Limits { side_px: 1000, pixels: 100_000, memory_bytes: 1_000_000 };

    fn encoded(picture: &DynamicImage, format: ImageFormat) -> Vec<u8> {
        let mut out = Cursor::new(Vec::new());
        picture.write_to(&mut out, format).unwrap();
        out.into_inner()
    }

    #[test]
    fn colours_become_rgb() {
        let check = |given: DynamicImage, expected: [u8; 6]| {
            let got = picture(&encoded(&given, ImageFormat::Png), LIMITS).unwrap();
            assert_eq!((got.width, got.height, &got.rgb[..]), (2, 1, &expected[..]), "{:?}", given.color());
        };
        let of = |samples: &[u16]| samples.to_vec();
        let raw = |samples: &[u8]| samples.to_vec();
        check(
            ImageBuffer::from_raw(2, 1, raw(&[7, 200])).map(DynamicImage::ImageLuma8).unwrap(),
            [7, 7, 7, 200, 200, 200],
        );
        check(
            ImageBuffer::from_raw(2, 1, raw(&[7, 0, 200, 9])).map(DynamicImage::ImageLumaA8).unwrap(),
            [7, 7, 7, 200, 200, 200],
        );
        check(
            ImageBuffer::from_raw(2, 1, raw(&[1, 2, 3, 0, 4, 5, 6, 128]))
                .map(DynamicImage::ImageRgba8)
                .unwrap(),
            [1, 2, 3, 4, 5, 6],
        );
        check(
            ImageBuffer::from_raw(2, 1, of(&[0x01FF, 0xFFFF])).map(DynamicImage::ImageLuma16).unwrap(),
            [1, 1, 1, 255, 255, 255],
        );
        check(
            ImageBuffer::from_raw(2, 1, of(&[0x01FF, 0x0280, 0x0300, 0, 0, 0xFF]))
                .map(DynamicImage::ImageRgb16)
                .unwrap(),
            [1, 2, 3, 0, 0, 0],
        );
    }

    #[test]
    fn all_formats_are_read() {
        let given = DynamicImage::ImageRgb8(ImageBuffer::from_pixel(40, 30, image::Rgb([200, 200, 200])));
        for (format, name) in [
            (ImageFormat::Png, "png"),
            (ImageFormat::Jpeg, "jpeg"),
            (ImageFormat::Gif, "gif"),
            (ImageFormat::WebP, "webp"),
        ] {
            let got = picture(&encoded(&given, format), LIMITS).unwrap();
            assert_eq!((got.width, got.height, got.format.name()), (40, 30, name));
            assert!(got.rgb.iter().all(|value| value.abs_diff(200) < 4), "{name}");
        }
    }

    #[test]
    fn orientation_is_told_and_not_applied() {
        let check = |orientation: u8, expected: Option<(u32, u32, [u8; 2])>| {
            let mut file = encoded(
                &DynamicImage::ImageRgb8(ImageBuffer::from_raw(2, 1, vec![9, 9, 9, 200, 200, 200]).unwrap()),
                ImageFormat::Jpeg,
            );
            // An EXIF segment with one entry: tag 0x0112, a short.
            let mut exif =
                b"\xFF\xE1\x00\x22Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0".to_vec();
            exif.extend([orientation, 0, 0, 0, 0, 0, 0]);
            file.splice(2..2, exif);
            let got = picture(&file, LIMITS).unwrap();
            let as_told = if (1..=8).contains(&orientation) { orientation } else { 1 };
            assert_eq!((got.width, got.height, got.orientation), (2, 1, as_told));
            let shown = got.into_upright().map(|shown| {
                let dark = [shown.rgb[0], shown.rgb[3]].map(|value| u8::from(value < 100));
                (shown.width, shown.height, dark)
            });
            assert_eq!(shown, expected, "{orientation}");
        };
        check(1, None);
        check(9, None);
        check(3, Some((2, 1, [0, 1])));
        check(6, Some((1, 2, [1, 0])));
        check(8, Some((1, 2, [0, 1])));
    }

    #[test]
    fn limits_refuse() {
        let wide = encoded(&DynamicImage::new_rgb8(1001, 1), ImageFormat::Png);
        assert_eq!(picture(&wide, LIMITS), Err(Refused::TooLarge { width: 1001, height: 1 }));
        let many = encoded(&DynamicImage::new_luma8(400, 300), ImageFormat::Png);
        assert_eq!(picture(&many, LIMITS), Err(Refused::TooLarge { width: 400, height: 300 }));
        let heavy = encoded(&DynamicImage::new_rgba16(400, 250), ImageFormat::Png);
        let tight = Limits { memory_bytes: 700_000, ..LIMITS };
        assert_eq!(picture(&heavy, tight), Err(Refused::TooMuchMemory));
        assert_eq!(picture(&[], LIMITS), Err(Refused::Empty));
        let mut no_rows = encoded(&DynamicImage::new_rgb8(5, 5), ImageFormat::Gif);
        no_rows[8..10].fill(0);
        assert_eq!(picture(&no_rows, LIMITS), Err(Refused::Broken));
        assert_eq!(picture(b"%PDF-1.7", LIMITS), Err(Refused::NotAPicture));
        assert_eq!(picture(&wide[..40], LIMITS), Err(Refused::Broken));
    }

    #[test]
    fn preview_is_small_and_keeps_the_shape() {
        let check = |width, height, expected: (u32, u32)| {
            let rgb = vec![90; width as usize * height as usize * 3];
            let bytes =
                preview(&Picture { width, height, format: Format::Png, orientation: 1, rgb }, 64).unwrap();
            let small = picture(&bytes, LIMITS).unwrap();
            assert_eq!((small.width, small.height, small.format), (expected.0, expected.1, Format::Jpeg));
        };
        check(64, 10, (64, 10));
        check(640, 320, (64, 32));
        check(10, 900, (1, 64));
        check(1000, 1, (64, 1));
    }
}
