//! A map ordered by its keys.

use core::fmt;

/// A run of entries never holds more than this.
const RUN: usize = 128;

/// A map ordered by its keys, with the methods of the standard library's map that are used here.
///
/// Shape: runs of at most 128 entries, none empty, in the keys' order throughout. To find an entry takes a
/// logarithm; to add or remove one moves its run, and one place a run now and then.
#[derive(Clone)]
pub struct Map<K, V> {
    runs: Vec<Vec<(K, V)>>,
}

/// Where an entry is, or where it would be: run and place in it.
type Place = (usize, usize);

/// An entry of a map that may not be there yet.
pub struct Entry<'a, K, V> {
    map: &'a mut Map<K, V>,
    key: K,
}

impl<K, V> Map<K, V> {
    /// A map with nothing in it.
    pub const fn new() -> Self {
        Self { runs: Vec::new() }
    }

    /// How many entries there are.
    pub fn len(&self) -> usize {
        self.runs.iter().map(Vec::len).sum()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.runs.is_empty()
    }

    /// Removes all entries.
    pub fn clear(&mut self) {
        self.runs.clear();
    }

    /// All entries, in the keys' order.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = (&K, &V)> + Clone {
        self.runs.iter().flatten().map(|(key, value)| (key, value))
    }

    /// All keys in order.
    pub fn keys(&self) -> impl DoubleEndedIterator<Item = &K> + Clone {
        self.runs.iter().flatten().map(|(key, _)| key)
    }

    /// All values, in the keys' order.
    pub fn values(&self) -> impl DoubleEndedIterator<Item = &V> + Clone {
        self.runs.iter().flatten().map(|(_, value)| value)
    }

    /// All values to be changed, in the keys' order.
    pub fn values_mut(&mut self) -> impl DoubleEndedIterator<Item = &mut V> {
        self.runs.iter_mut().flatten().map(|(_, value)| value)
    }

    /// All values, in the keys' order.
    pub fn into_values(self) -> impl Iterator<Item = V> {
        self.runs.into_iter().flatten().map(|(_, value)| value)
    }

    /// The entry with the least key.
    pub fn first_key_value(&self) -> Option<(&K, &V)> {
        self.runs.first()?.first().map(|(key, value)| (key, value))
    }

    /// Keeps the entries of which `keep` holds.
    pub fn retain(&mut self, mut keep: impl FnMut(&K, &mut V) -> bool) {
        for run in &mut self.runs {
            run.retain_mut(|(key, value)| keep(key, value));
        }
        self.runs.retain(|run| !run.is_empty());
    }
}

impl<K: Ord, V> Map<K, V> {
    fn find(&self, key: &K) -> Result<Place, Place> {
        // Every look-up comes by here, and the standard library's searches are calls within calls in what is
        // built small. First the last run that begins at or before the key, or the first of all.
        let runs = self.runs.as_slice();
        let (mut run, mut end) = (0, runs.len());
        while run + 1 < end {
            let middle = (run + end) / 2;
            match runs[middle].first() {
                Some((first, _)) if first <= key => run = middle,
                _ => end = middle,
            }
        }
        let Some(entries) = runs.get(run) else { return Err((0, 0)) };
        let entries = entries.as_slice();
        let (mut place, mut end) = (0, entries.len());
        while place < end {
            let middle = (place + end) / 2;
            if entries[middle].0 < *key {
                place = middle + 1;
            } else {
                end = middle;
            }
        }
        match entries.get(place) {
            Some((found, _)) if found == key => Ok((run, place)),
            _ => Err((run, place)),
        }
    }

    /// Whether there is an entry with this key.
    pub fn contains_key(&self, key: &K) -> bool {
        self.find(key).is_ok()
    }

    /// The value of a key.
    pub fn get(&self, key: &K) -> Option<&V> {
        let (run, place) = self.find(key).ok()?;
        Some(&self.runs.as_slice()[run].as_slice()[place].1)
    }

    /// The value of a key, to be changed.
    pub fn get_mut(&mut self, key: &K) -> Option<&mut V> {
        let (run, place) = self.find(key).ok()?;
        Some(&mut self.runs.as_mut_slice()[run].as_mut_slice()[place].1)
    }

    /// Sets the value of a key; returns the one before.
    pub fn insert(&mut self, key: K, value: V) -> Option<V> {
        match self.find(&key) {
            Ok((run, place)) => Some(core::mem::replace(&mut self.runs[run][place].1, value)),
            Err(place) => {
                self.add(place, (key, value));
                None
            }
        }
    }

    /// Removes an entry; returns its value.
    pub fn remove(&mut self, key: &K) -> Option<V> {
        let (run, place) = self.find(key).ok()?;
        let (_, value) = self.runs[run].remove(place);
        if self.runs[run].is_empty() {
            self.runs.remove(run);
        }
        Some(value)
    }

    /// A key's entry, there or not.
    pub fn entry(&mut self, key: K) -> Entry<'_, K, V> {
        Entry { map: self, key }
    }

    /// Adds an entry at its place; returns where it is then.
    fn add(&mut self, (mut run, mut place): Place, entry: (K, V)) -> Place {
        if self.runs.is_empty() {
            self.runs.push(Vec::new());
        }
        if self.runs[run].len() == RUN {
            // Keys mostly come in order: a run that is full at its end stays full.
            let at = if place == RUN { RUN } else { RUN / 2 };
            let tail = self.runs[run].split_off(at);
            self.runs.insert(run + 1, tail);
            if place >= at {
                (run, place) = (run + 1, place - at);
            }
        }
        self.runs[run].insert(place, entry);
        (run, place)
    }
}

impl<'a, K: Ord, V> Entry<'a, K, V> {
    /// The value, made first if it is not there.
    pub fn or_insert_with(self, make: impl FnOnce() -> V) -> &'a mut V {
        let (run, place) = match self.map.find(&self.key) {
            Ok(place) => place,
            Err(place) => self.map.add(place, (self.key, make())),
        };
        &mut self.map.runs[run][place].1
    }

    /// The value, this one if there was none.
    pub fn or_insert(self, value: V) -> &'a mut V {
        self.or_insert_with(|| value)
    }
}

impl<'a, K: Ord, V: Default> Entry<'a, K, V> {
    /// The value, the type's own default if there was none.
    pub fn or_default(self) -> &'a mut V {
        self.or_insert_with(V::default)
    }
}

/// The value of a key that is known to be there: tests look into a map so, and the model itself never does.
///
/// Panics: there is no entry with the key, as the standard map does.
impl<K: Ord, V> core::ops::Index<&K> for Map<K, V> {
    type Output = V;

    fn index(&self, key: &K) -> &V {
        self.get(key).expect("an entry with this key")
    }
}

/// Maps are alike when their entries are, however these lie in runs.
impl<K: PartialEq, V: PartialEq> PartialEq for Map<K, V> {
    fn eq(&self, other: &Self) -> bool {
        self.iter().eq(other.iter())
    }
}

impl<K: Eq, V: Eq> Eq for Map<K, V> {}

impl<K, V> Default for Map<K, V> {
    fn default() -> Self {
        Self::new()
    }
}

impl<K: fmt::Debug, V: fmt::Debug> fmt::Debug for Map<K, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self.iter()).finish()
    }
}

impl<K: Ord, V> FromIterator<(K, V)> for Map<K, V> {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(entries: I) -> Self {
        let mut map = Self::new();
        for (key, value) in entries {
            map.insert(key, value);
        }
        map
    }
}

impl<K, V> IntoIterator for Map<K, V> {
    type Item = (K, V);
    type IntoIter = core::iter::Flatten<std::vec::IntoIter<Vec<(K, V)>>>;

    fn into_iter(self) -> Self::IntoIter {
        self.runs.into_iter().flatten()
    }
}

/// A borrowed entry as its key and its value.
type Split<K, V> = for<'a> fn(&'a (K, V)) -> (&'a K, &'a V);

impl<'a, K, V> IntoIterator for &'a Map<K, V> {
    type Item = (&'a K, &'a V);
    type IntoIter = core::iter::Map<core::iter::Flatten<core::slice::Iter<'a, Vec<(K, V)>>>, Split<K, V>>;

    fn into_iter(self) -> Self::IntoIter {
        let split: Split<K, V> = |(key, value)| (key, value);
        self.runs.iter().flatten().map(split)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;

    #[test]
    fn runs_are_neither_long_nor_empty() {
        // Keys in order, against the order, and from both ends by turns.
        for key in [|n: u32| n, |n: u32| 9_999 - n, |n: u32| if n.is_multiple_of(2) { n } else { 20_000 - n }]
        {
            let mut map = Map::new();
            for n in 0..10_000 {
                assert_eq!(map.insert(key(n), n), None);
            }
            assert!(map.runs.iter().all(|run| !run.is_empty() && run.len() <= RUN));
            assert_eq!(map.len(), 10_000);
            assert!(map.keys().is_sorted());
            for n in 0..10_000 {
                assert_eq!(map.remove(&key(n)), Some(n));
            }
            assert!(map.is_empty());
        }
    }

    proptest! {
        #[test]
        fn it_does_what_the_standard_map_does(calls in prop::collection::vec((0u8..5, 0u16..600, any::<u8>()), 0..2_000)) {
            let (mut map, mut standard) = (Map::new(), BTreeMap::new());
            for (call, key, value) in calls {
                match call {
                    0 => prop_assert_eq!(map.remove(&key), standard.remove(&key)),
                    1 => {
                        *map.entry(key).or_default() ^= value;
                        *standard.entry(key).or_default() ^= value;
                    }
                    2 if key < 10 => {
                        map.retain(|key, held| (u16::from(*held) + key) % 3 != 0);
                        standard.retain(|key, held| (u16::from(*held) + key) % 3 != 0);
                    }
                    _ => prop_assert_eq!(map.insert(key, value), standard.insert(key, value)),
                }
                prop_assert_eq!(map.get(&key), standard.get(&key));
                prop_assert_eq!(map.first_key_value(), standard.first_key_value());
            }
            prop_assert!(map.iter().eq(&standard));
            prop_assert!(map.iter().rev().eq(standard.iter().rev()));
            prop_assert!(map.into_iter().eq(standard));
        }
    }
}
