//! How alike two films are: what they share, by fixed weights. Equals are told apart by how often they were sold.
//!
//! Only films that share something come into question. Of something that very many share, such as a genre of a decade, the
//! best-selling are enough: a film is compared with some hundreds of others, however large the catalogue.

use std::{cmp::Reverse, collections::HashMap};

use super::Likeness;

const DIRECTOR: u32 = 40;
const CAST: u32 = 12;
const GENRE: u32 = 8;
const STUDIO: u32 = 6;
const DECADE: u32 = 4;

/// Of films that share this, so many of the best-selling come into question.
const MOST_OF_A_PERSON: usize = 300;
const MOST_OF_A_STUDIO: usize = 200;
const MOST_OF_A_GENRE_AND_DECADE: usize = 300;
const MOST_OF_A_GENRE: usize = 100;
const MOST_OF_A_DECADE: usize = 50;

/// Something that a film has. What it is stands in the upper byte, which of them below.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Trait(u64);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Director,
    Cast,
    Genre,
    Studio,
    Decade,
    GenreOfDecade,
}

impl Trait {
    const BITS: u32 = 56;

    pub const fn director(person: u64) -> Self {
        Self::new(Kind::Director, person)
    }

    pub const fn cast(person: u64) -> Self {
        Self::new(Kind::Cast, person)
    }

    pub const fn genre(id: u64) -> Self {
        Self::new(Kind::Genre, id)
    }

    pub const fn studio(id: u64) -> Self {
        Self::new(Kind::Studio, id)
    }

    const fn decade(year: u16) -> Self {
        Self::new(Kind::Decade, year as u64 / 10)
    }

    const fn genre_of_decade(genre: u64, year: u16) -> Self {
        Self::new(Kind::GenreOfDecade, (genre << 16) | (year as u64 / 10))
    }

    const fn new(kind: Kind, id: u64) -> Self {
        Self((kind as u64) << Self::BITS | id & ((1 << Self::BITS) - 1))
    }

    fn kind(self) -> Kind {
        const KINDS: [Kind; 6] =
            [Kind::Director, Kind::Cast, Kind::Genre, Kind::Studio, Kind::Decade, Kind::GenreOfDecade];
        KINDS[usize::try_from(self.0 >> Self::BITS).unwrap_or_default()]
    }

    fn id(self) -> u64 {
        self.0 & ((1 << Self::BITS) - 1)
    }

    /// What sharing it is worth.
    fn weight(self) -> u32 {
        match self.kind() {
            Kind::Director => DIRECTOR,
            Kind::Cast => CAST,
            Kind::Genre => GENRE,
            Kind::Studio => STUDIO,
            Kind::Decade => DECADE,
            // Made of two that count by themselves.
            Kind::GenreOfDecade => 0,
        }
    }

    fn most(self) -> usize {
        match self.kind() {
            Kind::Director | Kind::Cast => MOST_OF_A_PERSON,
            Kind::Studio => MOST_OF_A_STUDIO,
            Kind::GenreOfDecade => MOST_OF_A_GENRE_AND_DECADE,
            Kind::Genre => MOST_OF_A_GENRE,
            Kind::Decade => MOST_OF_A_DECADE,
        }
    }
}

/// What is known of a film.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    pub id: u64,
    /// Whether it may be recommended: it is shown now.
    pub is_shown: bool,
    pub year: u16,
    pub sold: u32,
    /// Directors, then the cast, then genres, each in their order, then the studio.
    pub traits: Vec<Trait>,
}

/// Another film that is like a film.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Alike {
    pub other_id: u64,
    pub score: u32,
    pub reason: Likeness,
    /// The person, genre or studio of the reason.
    pub subject_id: Option<u64>,
}

/// All films as far as their likeness goes: about a hundred bytes a film.
#[derive(Debug, Default)]
pub struct Films {
    ids: Vec<u64>,
    years: Vec<u16>,
    sold: Vec<u32>,
    is_shown: Vec<bool>,
    /// The traits of all films one after the other, and where those of each end.
    traits: Vec<Trait>,
    ends: Vec<u32>,
    /// Which films have a trait, the best-selling first.
    having: HashMap<Trait, Vec<u32>>,
}

impl Films {
    /// Takes the next film in; films come by ascending id.
    pub fn add(&mut self, film: &Facts) {
        self.ids.push(film.id);
        self.years.push(film.year);
        self.sold.push(film.sold);
        self.is_shown.push(film.is_shown);
        self.traits.extend_from_slice(&film.traits);
        self.ends.push(u32::try_from(self.traits.len()).unwrap_or(u32::MAX));
    }

    /// Makes the films ready to be compared, once all are in.
    pub fn finish(&mut self) {
        let mut films: Vec<u32> = (0u32..).take(self.ids.len()).filter(|at| self.is_shown[*at as usize]).collect();
        films.sort_unstable_by_key(|at| (Reverse(self.sold[*at as usize]), mixed(self.ids[*at as usize], 0)));
        let mut having: HashMap<Trait, Vec<u32>> = HashMap::new();
        for at in films {
            for common in self.found_by(at) {
                let list = having.entry(common).or_default();
                if list.len() < common.most() {
                    list.push(at);
                }
            }
        }
        self.having = having;
    }

    pub fn ids(&self) -> &[u64] {
        &self.ids
    }

    /// The films most like the one at a place, the most alike first.
    pub fn alike(&self, at: usize, most: usize, seen: &mut Seen) -> Vec<Alike> {
        let Some(&id) = self.ids.get(at) else { return Vec::new() };
        let place = u32::try_from(at).unwrap_or(u32::MAX);
        seen.start(self.ids.len());
        seen.is_new(place);
        let mut found: Vec<(Reverse<u32>, Reverse<u32>, u64, u32)> = Vec::new();
        for common in self.found_by(place) {
            for &other in self.having.get(&common).into_iter().flatten().filter(|other| seen.is_new(**other)) {
                let other_id = self.ids[other as usize];
                // Which of the many that are alike and sell alike stand here differs from film to film.
                let order = mixed(id, other_id);
                found.push((Reverse(self.score(place, other)), Reverse(self.sold[other as usize]), order, other));
            }
        }
        if found.len() > most {
            found.select_nth_unstable(most);
            found.truncate(most);
        }
        found.sort_unstable();
        found.into_iter().map(|(Reverse(score), _, _, other)| self.told(place, other, score)).collect()
    }

    fn traits(&self, at: u32) -> &[Trait] {
        let at = at as usize;
        let start = at.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.traits[start as usize..self.ends[at] as usize]
    }

    fn year(&self, at: u32) -> u16 {
        self.years[at as usize]
    }

    /// The traits by which films like it are looked for.
    fn found_by(&self, at: u32) -> impl Iterator<Item = Trait> {
        let (traits, year) = (self.traits(at), self.year(at));
        let genres = traits.iter().filter(|own| own.kind() == Kind::Genre);
        let of_decade = genres.map(move |genre| Trait::genre_of_decade(genre.id(), year));
        of_decade.chain(traits.iter().copied()).chain([Trait::decade(year)])
    }

    fn shared(&self, at: u32, other: u32) -> impl Iterator<Item = Trait> {
        let others = self.traits(other);
        self.traits(at).iter().copied().filter(|own| others.contains(own))
    }

    fn is_of_one_decade(&self, at: u32, other: u32) -> bool {
        self.year(at) / 10 == self.year(other) / 10
    }

    fn score(&self, at: u32, other: u32) -> u32 {
        let decade = if self.is_of_one_decade(at, other) { DECADE } else { 0 };
        self.shared(at, other).map(Trait::weight).sum::<u32>() + decade
    }

    /// What they share that says the most: traits stand in that order.
    fn told(&self, at: u32, other: u32, score: u32) -> Alike {
        let is_of_one_decade = self.is_of_one_decade(at, other);
        let (reason, subject_id) = match self.shared(at, other).next().map(|first| (first.kind(), first.id())) {
            Some((Kind::Director, person)) => (Likeness::Director, Some(person)),
            Some((Kind::Cast, person)) => (Likeness::Cast, Some(person)),
            Some((Kind::Genre, genre)) if is_of_one_decade => (Likeness::GenreDecade, Some(genre)),
            Some((Kind::Genre, genre)) => (Likeness::Genre, Some(genre)),
            Some((Kind::Studio, studio)) => (Likeness::Studio, Some(studio)),
            _ => (Likeness::Decade, None),
        };
        Alike { other_id: self.ids[other as usize], score, reason, subject_id }
    }
}

/// Which films have come into question already; one is reused for many films.
#[derive(Debug, Default)]
pub struct Seen {
    rounds: Vec<u32>,
    round: u32,
}

impl Seen {
    fn start(&mut self, films: usize) {
        if self.rounds.len() != films || self.round == u32::MAX {
            *self = Self { rounds: vec![0; films], round: 0 };
        }
        self.round += 1;
    }

    fn is_new(&mut self, at: u32) -> bool {
        std::mem::replace(&mut self.rounds[at as usize], self.round) != self.round
    }
}

/// A number that two ids always give and that follows no order of theirs.
fn mixed(id: u64, other: u64) -> u64 {
    const ODD: u64 = 0x9e37_79b9_7f4a_7c15;
    let mixed = (id.rotate_left(32) ^ other).wrapping_mul(ODD);
    (mixed ^ mixed >> 29).wrapping_mul(ODD)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn film(id: u64, year: u16, traits: &[Trait]) -> Facts {
        Facts { id, is_shown: true, year, sold: 0, traits: traits.to_vec() }
    }

    fn films(all: &[Facts]) -> Films {
        let mut films = Films::default();
        for film in all {
            films.add(film);
        }
        films.finish();
        films
    }

    /// What is like the first film: id, score, reason and subject.
    fn alike(all: &[Facts], most: usize) -> Vec<(u64, u32, Likeness, Option<u64>)> {
        let found = films(all).alike(0, most, &mut Seen::default());
        found.into_iter().map(|alike| (alike.other_id, alike.score, alike.reason, alike.subject_id)).collect()
    }

    const LANG: Trait = Trait::director(1);
    const LORRE: Trait = Trait::cast(2);
    const CRIME: Trait = Trait::genre(7);
    const WAR: Trait = Trait::genre(8);
    const NERO: Trait = Trait::studio(1);

    #[test]
    fn what_says_the_most_comes_first_and_is_the_reason() {
        let all = [
            film(1, 1931, &[LANG, LORRE, CRIME, NERO]),
            film(2, 1962, &[NERO]),
            film(3, 1937, &[]),
            film(4, 1971, &[CRIME]),
            film(5, 1939, &[CRIME]),
            film(6, 1942, &[LORRE]),
            film(7, 1955, &[LANG, WAR]),
            film(8, 1933, &[LANG, CRIME, NERO]),
            film(9, 1985, &[WAR]),
        ];
        assert_eq!(
            alike(&all, 9),
            [
                (8, DIRECTOR + GENRE + STUDIO + DECADE, Likeness::Director, Some(1)),
                (7, DIRECTOR, Likeness::Director, Some(1)),
                (6, CAST, Likeness::Cast, Some(2)),
                (5, GENRE + DECADE, Likeness::GenreDecade, Some(7)),
                (4, GENRE, Likeness::Genre, Some(7)),
                (2, STUDIO, Likeness::Studio, Some(1)),
                (3, DECADE, Likeness::Decade, None),
            ],
            "one that shares nothing is not among them"
        );
    }

    #[test]
    fn a_person_who_directed_here_and_plays_there_is_not_shared() {
        assert_eq!(alike(&[film(1, 1931, &[LANG]), film(2, 1963, &[Trait::cast(1)])], 5), []);
    }

    #[test]
    fn of_equals_the_best_selling_are_kept() {
        let mut all: Vec<_> = (1..=40).map(|id| film(id, 1999, &[CRIME])).collect();
        all[16].sold = 5;
        all[29].sold = 9;
        all[3].sold = 100;
        all[3].is_shown = false;
        let found = alike(&all, 12);
        assert_eq!((found.len(), found[0].0, found[1].0), (12, 30, 17));
        assert!(found.iter().all(|(id, ..)| *id != 1 && *id != 4), "neither itself nor what is not shown");
        assert_eq!(alike(&all, 12), found, "it is the same every time");
        let of_another = films(&all).alike(1, 12, &mut Seen::default());
        let ids = |found: Vec<u64>| found[2..].to_vec();
        assert_ne!(
            ids(of_another.iter().map(|alike| alike.other_id).collect()),
            ids(found.iter().map(|f| f.0).collect())
        );
    }

    #[test]
    fn a_film_that_is_not_shown_has_films_like_it_too() {
        let mut all = [film(1, 1931, &[CRIME]), film(2, 1939, &[CRIME])];
        all[0].is_shown = false;
        assert_eq!(alike(&all, 5).len(), 1);
    }

    #[test]
    fn what_very_many_share_is_cut_and_what_few_share_is_found_all_the_same() {
        let mut all: Vec<_> = (1..=5_000).map(|id| film(id, 1999, &[CRIME])).collect();
        all[0].traits.insert(0, LORRE);
        all[4_321].traits.insert(0, LORRE);
        all[4_321].sold = 0;
        let films = films(&all);
        assert!(films.having.iter().all(|(common, films)| films.len() <= common.most()));
        let found = films.alike(0, 12, &mut Seen::default());
        assert_eq!((found[0].other_id, found[0].reason), (4_322, Likeness::Cast));
        assert_eq!(found.len(), 12);
    }

    #[test]
    fn one_scratch_serves_many_films() {
        let all: Vec<_> = (1..=50).map(|id| film(id, 1990 + u16::try_from(id).unwrap(), &[CRIME])).collect();
        let (films, mut seen) = (films(&all), Seen::default());
        for at in 0..50 {
            assert_eq!(films.alike(at, 12, &mut seen), films.alike(at, 12, &mut Seen::default()));
        }
    }
}
