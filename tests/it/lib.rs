//! The integration tests. Each module is one question to the whole house; [`house`] builds the house.

#[cfg(test)]
mod house;
#[cfg(test)]
mod report;
