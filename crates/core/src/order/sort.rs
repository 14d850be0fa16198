//! Sorting by numbers.

/// What things are sorted by: two numbers, the second where the first are alike.
type Key = (u64, u64);

/// Sorts by two numbers that are made from each item; those alike in both keep their order.
pub fn sort_by_key<T>(items: &mut [T], key: impl Fn(&T) -> Key) {
    let keys: Vec<Key> = items.iter().map(key).collect();
    let Some(mut goals) = goals(&keys) else { return };
    for place in 0..items.len() {
        // Each exchange brings one item to where it belongs.
        while goals[place] as usize != place {
            let goal = goals[place] as usize;
            items.swap(place, goal);
            goals.swap(place, goal);
        }
    }
}

/// Sorts numbers.
pub fn sort<T: Copy + Into<u64>>(items: &mut [T]) {
    sort_by_key(items, |item| ((*item).into(), 0));
}

/// Where each key belongs; none when all are there already.
fn goals(keys: &[Key]) -> Option<Vec<u32>> {
    // The ends of the stretches that are in order by themselves: what is sorted here is often nearly so.
    let mut ends: Vec<usize> =
        (1..=keys.len()).filter(|end| *end == keys.len() || keys[*end] < keys[*end - 1]).collect();
    if ends.len() < 2 {
        return None;
    }
    let mut from: Vec<u32> = (0..keys.len() as u32).collect();
    let mut to = from.clone();
    // Merged by twos until one is left.
    while ends.len() > 1 {
        let mut start = 0;
        for pair in ends.chunks(2) {
            let (middle, end) = (pair[0], pair[pair.len() - 1]);
            let (mut left, mut right) = (start, middle);
            for slot in &mut to[start..end] {
                let is_left = left < middle
                    && (right == end || keys[from[left] as usize] <= keys[from[right] as usize]);
                let next = if is_left { &mut left } else { &mut right };
                *slot = from[*next];
                *next += 1;
            }
            start = end;
        }
        core::mem::swap(&mut from, &mut to);
        ends = ends.chunks(2).map(|pair| pair[pair.len() - 1]).collect();
    }
    for (goal, place) in from.iter().enumerate() {
        to[*place as usize] = goal as u32;
    }
    Some(to)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn it_does_what_the_standard_stable_sort_does(mut items in prop::collection::vec((0u64..30, 0u64..4, any::<u8>()), 0..200)) {
            let mut standard = items.clone();
            standard.sort_by_key(|item| (item.0, item.1));
            sort_by_key(&mut items, |item| (item.0, item.1));
            prop_assert_eq!(items, standard);
        }
    }
}
