//! Whose copy an item is: representatives near its pictures or its text.

use super::alike::{self, Alike};
use super::board::{Board, Place};
use super::bytes;
use super::list::Pictures;
use super::print::{self, How, Print};
use super::settle::Ties;
use crate::{Act, House, Result};
use domain::bank::PDQ_DISTANCE_BITS;
use domain::cluster::Evidence;
use domain::id::{AgencyId, ClusterId};
use perceptual::pdq::FORM_NAMES;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;
use store::db::Db;
use tokio::sync::OwnedMutexGuard;

/// Hashes of representatives near a variant that are looked up, nearest first.
const NEAR_MAX: usize = 4;
/// Files of a cluster that represent it and are compared.
const FILES_MAX: i64 = 8;
/// Every position of a picture.
const EVERY_FORM: [usize; FORM_NAMES.len()] = [0, 1, 2, 3, 4, 5, 6, 7];

/// Representatives of a space, for as long as a range is settled.
pub(super) struct Near {
    db: Db,
    pub(super) space: AgencyId,
    kept: Pictures,
    /// Of what is kept.
    generation: i64,
    /// What each picture of the range is a copy of, by the digest of its file.
    met: HashMap<[u8; 32], Vec<Met>>,
    /// What the transaction tied: hashes, and the representatives.
    tied: Vec<[u64; 4]>,
    new: Vec<([u64; 4], ClusterId, Option<Arc<Print>>)>,
    fresh: Alike,
    alike: OwnedMutexGuard<Option<Alike>>,
}

/// A representative's picture that an item is a copy of.
struct Met {
    digest: [u8; 32],
    distance: u32,
    how: How,
}

impl Near {
    pub(super) async fn load(house: &House, space: AgencyId) -> Result<Self> {
        let mut alike = house.matchers.alike(space).lock_owned().await;
        if alike.is_none() {
            *alike = Some(Alike::load(house, space).await?);
        }
        let (kept, generation) = house.matchers.lists.clusters(house, space).await?;
        let (db, fresh) = (house.db.clone(), Alike::default());
        let (met, tied, new) = (HashMap::new(), Vec::new(), Vec::new());
        Ok(Self { db, space, kept, generation, met, tied, new, fresh, alike })
    }

    /// Compares the pictures of items with what represents clusters already, before the transaction that settles them
    /// (D23). A file in many items is compared once.
    pub(super) async fn meet(&mut self, ties: &[Ties]) -> Result<()> {
        let asked: BTreeMap<[u8; 32], &Arc<Print>> =
            ties.iter().flat_map(print::compared).map(|print| (print.digest, print)).collect();
        let mut near = Vec::with_capacity(asked.len());
        for print in asked.values() {
            near.push(self.by_hash(print).await?);
        }
        let asked: Vec<(&Arc<Print>, Vec<Arc<Print>>)> = asked.into_values().zip(near).collect();
        let met = asked.par_iter().map(|(asked, listed)| (asked.digest, self.met(asked, listed)));
        self.met = met.collect();
        Ok(())
    }

    /// Representatives that a picture is near to by a hash.
    async fn by_hash(&self, asked: &Print) -> Result<Vec<Arc<Print>>> {
        let mut hashes: BTreeSet<[u64; 4]> = BTreeSet::new();
        for hash in asked.asked() {
            let near = self.kept.within(&hash, PDQ_DISTANCE_BITS).take(NEAR_MAX);
            hashes.extend(near.filter_map(|near| self.kept.get(near.id)));
        }
        let mut found: Vec<Arc<Print>> = Vec::new();
        for value in &hashes {
            // Hashes of one picture lead to the same file.
            if found.iter().any(|print| print.listed().any(|listed| listed == *value)) {
                continue;
            }
            for (digest, bytes) in
                store::fingerprint::of_hash(&self.db, self.space, &bytes(value), FILES_MAX).await?
            {
                found.extend(Print::from_bytes(digest, &bytes).map(Arc::new));
            }
        }
        Ok(found)
    }

    fn met(&self, asked: &Print, near: &[Arc<Print>]) -> Vec<Met> {
        let by_points = self.alike.as_ref().map(|alike| alike.pictures(asked)).unwrap_or_default();
        let by_hash = near.iter().filter_map(|listed| met(listed, asked, &EVERY_FORM));
        by_hash.chain(by_points.iter().filter_map(|(listed, forms)| met(listed, asked, forms))).collect()
    }

    /// Where an item belongs by its pictures, then by its words.
    pub(super) async fn place(&self, act: &mut Act, board: &Board, ties: &Ties) -> Result<Option<Place>> {
        let near = |cluster, distance, how| Place { cluster, evidence: Evidence::NearPicture, distance, how };
        let met = print::compared(ties).filter_map(|asked| self.met.get(&asked.digest)).flatten();
        let mut met: Vec<&Met> = met.collect();
        met.sort_by_key(|met| met.distance);
        let fresh =
            print::compared(ties).flat_map(|asked| self.met_fresh(asked)).min_by_key(|met| met.distance);
        for met in met.into_iter().chain(&fresh) {
            if let Some(cluster) = board.of_content(act, "sha256", &met.digest).await? {
                return Ok(Some(near(cluster, met.distance, Some(met.how.clone()))));
            }
        }
        for picture in &ties.pictures {
            if let Some((cluster, distance)) = self.stated(act, board, picture).await? {
                return Ok(Some(near(cluster, distance, None)));
            }
        }
        let Some((_, words)) = &ties.words else { return Ok(None) };
        let lists: Vec<&Alike> = self.alike.iter().chain([&self.fresh]).collect();
        let Some((digest, how)) = alike::text(&lists, words) else { return Ok(None) };
        let cluster = board.of_content(act, "text", &digest).await?;
        Ok(cluster.map(|cluster| Place {
            cluster,
            evidence: Evidence::NearText,
            distance: 0,
            how: Some(how),
        }))
    }

    /// What the transaction itself brought that a picture is a copy of.
    fn met_fresh(&self, asked: &Print) -> Vec<Met> {
        let mut listed = self.fresh.pictures(asked);
        for hash in asked.asked() {
            for (value, _, print) in &self.new {
                if let Some(print) = print
                    && nearest::distance(value, &hash) <= PDQ_DISTANCE_BITS
                    && listed.iter().all(|(known, _)| known.digest != print.digest)
                {
                    listed.push((Arc::clone(print), EVERY_FORM.to_vec()));
                }
            }
        }
        listed.iter().filter_map(|(listed, forms)| met(listed, asked, forms)).collect()
    }

    /// The cluster of the nearest representative of a picture of which only the hash is known, and the bits that differ.
    async fn stated(
        &self,
        act: &mut Act,
        board: &Board,
        picture: &[u64; 4],
    ) -> Result<Option<(ClusterId, u32)>> {
        let new = self.new.iter().map(|(value, cluster, _)| (nearest::distance(value, picture), *cluster));
        let new = new.filter(|near| near.0 <= PDQ_DISTANCE_BITS).min_by_key(|near| near.0);
        for near in self.kept.within(picture, PDQ_DISTANCE_BITS) {
            if new.is_some_and(|new| new.0 < near.distance) {
                break;
            }
            let Some(value) = self.kept.get(near.id) else { continue };
            if let Some(cluster) = board.of_picture(act, bytes(&value)).await? {
                return Ok(Some((cluster, near.distance)));
            }
        }
        Ok(new.map(|(distance, cluster)| (cluster, distance)))
    }

    /// Puts in what represents a cluster from now on.
    pub(super) fn add(&mut self, ties: &Ties, cluster: ClusterId) {
        self.new.extend(ties.pictures.iter().map(|picture| (*picture, cluster, None)));
        for print in print::compared(ties) {
            self.new.extend(print.listed().map(|hash| (hash, cluster, Some(Arc::clone(print)))));
            self.fresh.add_picture(Arc::clone(print));
        }
        if let Some((digest, words)) = &ties.words {
            self.fresh.add_text(*digest, words.clone());
        }
    }

    /// Notes what the transaction tied.
    pub(super) fn tied(&mut self, pictures: Vec<[u64; 4]>) {
        self.tied = pictures;
    }

    /// Puts what the transaction tied into the lists, now that it is committed.
    pub(super) async fn keep(&mut self, house: &House, space: AgencyId, generation: i64) -> Result<()> {
        self.new.clear();
        let fresh = std::mem::take(&mut self.fresh);
        if let Some(alike) = self.alike.as_mut() {
            alike.take(fresh);
        }
        if generation != self.generation {
            let lists = &house.matchers.lists;
            let tied = std::mem::take(&mut self.tied);
            lists.add_clusters(space, tied, (self.generation, generation)).await?;
            (self.kept, self.generation) = lists.clusters(house, space).await?;
        }
        Ok(())
    }
}

fn met(listed: &Print, asked: &Print, forms: &[usize]) -> Option<Met> {
    let (distance, how) = listed.meets(asked, forms)?;
    Some(Met { digest: listed.digest, distance, how })
}
