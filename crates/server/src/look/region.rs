//! Where one picture shows in another: a small drawing beside the words, or an outline over the picture itself.

use maud::{Markup, html};

/// Thousandths of the sides, as the points of a polygon.
fn points(corners: &[(i32, i32)], (width, height): (u32, u32)) -> String {
    let on = |thousandths: i32, side: u32| f64::from(thousandths) / 1000.0 * f64::from(side);
    let all: Vec<String> =
        corners.iter().map(|(x, y)| format!("{:.0},{:.0}", on(*x, width), on(*y, height))).collect();
    all.join(" ")
}

/// The frame of a picture, and the part of it where another one was found; corners in thousandths of its sides.
#[must_use]
pub fn region(corners: &[(i32, i32)], said: &str) -> Markup {
    html! {
        svg.region viewBox="-200 -200 1400 1400" preserveAspectRatio="none" role="img" aria-label=(said) {
            rect.frame x="0" y="0" width="1000" height="1000" {}
            polygon.found points=(points(corners, (1000, 1000))) {}
        }
    }
}

/// The outline of a part of a picture, to lie over it: of the picture's proportions, so that it covers it as it is
/// shown. Nothing where the part or the proportions are not known.
#[must_use]
pub fn outline(corners: &[(i32, i32)], size: (u32, u32)) -> Markup {
    if corners.is_empty() || size.0 == 0 || size.1 == 0 {
        return html! {};
    }
    let part = points(corners, size);
    html! {
        svg.outline viewBox={ "0 0 " (size.0) " " (size.1) } aria-hidden="true" {
            rect.frame x="0" y="0" width=(size.0) height=(size.1) {}
            polygon.halo points=(part) {}
            polygon.part points=(part) {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn outlines_have_the_proportions_of_the_picture() {
        let corners = [(0, 0), (500, 0), (500, 1000), (0, 1000)];
        let drawn = outline(&corners, (400, 300)).into_string();
        assert!(
            drawn.contains("viewBox=\"0 0 400 300\"") && drawn.contains("0,0 200,0 200,300 0,300"),
            "{drawn}"
        );
        assert!(outline(&corners, (0, 300)).into_string().is_empty());
        assert!(outline(&[], (400, 300)).into_string().is_empty());
        assert!(region(&corners, "said").into_string().contains("0,0 500,0 500,1000 0,1000"));
    }
}
