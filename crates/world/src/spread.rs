//! How content spreads in the world, and what actions against it did: by other laws than any planner's.
//!
//! [`population()`] draws accounts as they were counted; [`actions::ACTIONS`] are two real actions; [`Run`] lets contents
//! spread before and after some accounts were referred. Unlike the rest of this crate it reckons with fractions, so that
//! the last digits may differ between machines.

pub mod actions;
pub mod file;
mod population;
mod process;

pub use population::{Counted, Member, counted, population};
pub use process::{After, Law, Post, Run};

use crate::rng::Rng;

/// Chance with fractions.
#[derive(Debug, Clone)]
pub(crate) struct Dice(Rng);

impl Dice {
    pub(crate) fn new(seed: u64, label: &str) -> Self {
        Self(Rng::new(seed, label))
    }

    /// 0 or above, below 1.
    pub(crate) fn unit(&mut self) -> f64 {
        (self.0.next() >> 11) as f64 / (1_u64 << 53) as f64
    }

    pub(crate) fn below(&mut self, n: usize) -> usize {
        self.0.below(n)
    }

    /// Normal with mean 0 and spread 1 (Box and Muller).
    pub(crate) fn normal(&mut self) -> f64 {
        (-2.0 * (1.0 - self.unit()).ln()).sqrt() * (std::f64::consts::TAU * self.unit()).cos()
    }

    /// Exponential with mean 1.
    pub(crate) fn exponential(&mut self) -> f64 {
        -(1.0 - self.unit()).ln()
    }

    /// A count with this mean: Poisson, by its normal form above 50.
    pub(crate) fn count(&mut self, mean: f64) -> u32 {
        if mean > 50.0 {
            return (mean + mean.sqrt() * self.normal()).round().max(0.0) as u32;
        }
        let (least, mut product, mut count) = ((-mean).exp(), self.unit(), 0);
        while product > least {
            product *= self.unit();
            count += 1;
        }
        count
    }
}
