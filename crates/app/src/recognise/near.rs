//! Whose copy an item is: representatives near its pictures or its text.

use super::alike::Alike;
use super::board::{Board, Place};
use super::list::Pictures;
use super::print::{self, How, Print};
use super::settle::Ties;
use super::bytes;
use crate::{Act, House, Result};
use domain::bank::PDQ_DISTANCE_BITS;
use domain::cluster::Evidence;
use domain::id::{AgencyId, ClusterId};
use std::collections::BTreeMap;
use std::sync::Arc;
use store::db::Db;
use tokio::sync::OwnedMutexGuard;

/// Clusters near by hash that a picture is compared with, nearest first.
const NEAR_MAX: usize = 8;
/// Files of a cluster that represent it and are compared.
const FILES_MAX: i64 = 8;

/// Representatives of a space, for as long as a range is settled.
pub(super) struct Near {
    db: Db,
    kept: Pictures,
    /// Of what is kept.
    generation: i64,
    /// Tied since; not committed.
    new: Vec<([u64; 4], ClusterId, Option<Arc<Print>>)>,
    /// Hashes that the transaction tied.
    tied: Vec<[u64; 4]>,
    alike: OwnedMutexGuard<Option<Alike>>,
}

impl Near {
    pub(super) async fn load(house: &House, space: AgencyId) -> Result<Self> {
        let mut alike = house.matchers.alike(space).lock_owned().await;
        if alike.is_none() {
            *alike = Some(Alike::load(house, space).await?);
        }
        let (kept, generation) = house.matchers.lists.clusters(house, space).await?;
        Ok(Self { db: house.db.clone(), kept, generation, new: Vec::new(), tied: Vec::new(), alike })
    }

    /// Where an item belongs by its pictures, then by its words.
    pub(super) async fn place(&self, act: &mut Act, board: &Board, ties: &Ties) -> Result<Option<Place>> {
        for print in print::compared(ties) {
            let mut best: Option<(ClusterId, u32, How)> = None;
            for (cluster, listed) in self.candidates(act, board, print).await? {
                let Some((distance, how)) = listed.meets(print) else { continue };
                if best.as_ref().is_none_or(|best| distance < best.1) {
                    best = Some((cluster, distance, how));
                }
            }
            if let Some((cluster, distance, how)) = best {
                return Ok(Some(Place { cluster, evidence: Evidence::NearPicture, distance, how: Some(how) }));
            }
        }
        for picture in &ties.pictures {
            if let Some((cluster, distance)) = self.stated(act, board, picture).await? {
                return Ok(Some(Place { cluster, evidence: Evidence::NearPicture, distance, how: None }));
            }
        }
        let Some((_, words)) = &ties.words else { return Ok(None) };
        let Some((digest, how)) = self.alike.as_ref().and_then(|alike| alike.text(words)) else { return Ok(None) };
        let cluster = board.of_content(act, "text", &digest).await?;
        Ok(cluster.map(|cluster| Place { cluster, evidence: Evidence::NearText, distance: 0, how: Some(how) }))
    }

    /// Representatives that a picture may be a copy of: those near by hash, and those that share points.
    async fn candidates(
        &self,
        act: &mut Act,
        board: &Board,
        asked: &Print,
    ) -> Result<Vec<(ClusterId, Arc<Print>)>> {
        let mut found = Vec::new();
        let mut near: BTreeMap<ClusterId, u32> = BTreeMap::new();
        for hash in asked.asked() {
            for new in self.new.iter().filter(|(value, ..)| nearest::distance(value, &hash) <= PDQ_DISTANCE_BITS) {
                if let (_, cluster, Some(print)) = new
                    && found.iter().all(|(_, known): &(ClusterId, Arc<Print>)| known.digest != print.digest)
                {
                    found.push((*cluster, Arc::clone(print)));
                }
            }
            for kept in self.kept.within(&hash, PDQ_DISTANCE_BITS).take(NEAR_MAX) {
                let Some(value) = self.kept.get(kept.id) else { continue };
                if let Some(cluster) = board.of_picture(act, bytes(&value)).await? {
                    let distance = near.entry(cluster).or_insert(kept.distance);
                    *distance = kept.distance.min(*distance);
                }
            }
        }
        let mut near: Vec<(u32, ClusterId)> = near.into_iter().map(|(cluster, distance)| (distance, cluster)).collect();
        near.sort_unstable();
        for (_, cluster) in near.into_iter().take(NEAR_MAX) {
            for (digest, bytes) in store::fingerprint::of_cluster(&self.db, cluster, FILES_MAX).await? {
                found.extend(Print::from_bytes(digest, &bytes).map(|print| (cluster, Arc::new(print))));
            }
        }
        for print in self.alike.as_ref().map(|alike| alike.pictures(asked)).unwrap_or_default() {
            if found.iter().all(|(_, known)| known.digest != print.digest)
                && let Some(cluster) = board.of_content(act, "sha256", &print.digest).await?
            {
                found.push((cluster, print));
            }
        }
        Ok(found)
    }

    /// The cluster of the nearest representative of a picture of which only the hash is known, and the bits that differ.
    async fn stated(&self, act: &mut Act, board: &Board, picture: &[u64; 4]) -> Result<Option<(ClusterId, u32)>> {
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
        let Some(alike) = self.alike.as_mut() else { return };
        for print in print::compared(ties) {
            self.new.extend(print.listed().map(|hash| (hash, cluster, Some(Arc::clone(print)))));
            alike.add_picture(Arc::clone(print));
        }
        if let Some((digest, words)) = &ties.words {
            alike.add_text(*digest, words.clone());
        }
    }

    /// Notes what the transaction tied.
    pub(super) fn tied(&mut self, pictures: Vec<[u64; 4]>) {
        self.tied = pictures;
    }

    /// Puts what the transaction tied into the list, now that it is committed.
    pub(super) async fn keep(&mut self, house: &House, space: AgencyId, generation: i64) -> Result<()> {
        if generation != self.generation {
            self.new.clear();
            let lists = &house.matchers.lists;
            lists.add_clusters(space, std::mem::take(&mut self.tied), (self.generation, generation)).await?;
            (self.kept, self.generation) = lists.clusters(house, space).await?;
        }
        Ok(())
    }
}
