//! The integration tests. Each module is one question to the whole house; [`house`] builds the house.

#[cfg(test)]
mod backup;
#[cfg(test)]
mod banks;
#[cfg(test)]
mod browser;
#[cfg(test)]
mod clock;
#[cfg(test)]
mod clusters;
#[cfg(test)]
mod console;
#[cfg(test)]
mod content;
#[cfg(test)]
mod database;
#[cfg(test)]
mod face;
#[cfg(test)]
mod fsck;
#[cfg(test)]
mod house;
#[cfg(test)]
mod journey;
#[cfg(test)]
mod law;
#[cfg(test)]
mod leads;
#[cfg(test)]
mod lists;
#[cfg(test)]
mod matrix;
#[cfg(test)]
mod money;
#[cfg(test)]
mod network;
#[cfg(test)]
mod nouns;
#[cfg(test)]
mod radar;
#[cfg(test)]
mod report;
#[cfg(test)]
mod routes;
#[cfg(test)]
mod rxp;
#[cfg(test)]
mod schema;
#[cfg(test)]
mod search;
#[cfg(test)]
mod sign_in;
#[cfg(test)]
mod signals;
#[cfg(test)]
mod store;
#[cfg(test)]
mod story;
#[cfg(test)]
mod sweep;
#[cfg(test)]
mod uploads;
#[cfg(test)]
mod why;
