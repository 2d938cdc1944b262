//! The integration tests. Each module is one question to the whole house; [`house`] builds the house.

#[cfg(test)]
mod clusters;
#[cfg(test)]
mod content;
#[cfg(test)]
mod house;
#[cfg(test)]
mod search;
#[cfg(test)]
mod signals;
