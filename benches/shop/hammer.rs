//! Visitors with carts and without ask for the same kept pages at once, in every encoding, on two nodes: nobody ever
//! sees what is another's. Meanwhile others come for the first time and put a film into a cart.

use std::{
    collections::BTreeMap,
    time::{Duration, Instant},
};

use anyhow::Context as _;
use futures_util::future::join_all;

use crate::{
    encodings::decoded,
    http::{Answer, Visitor},
    report::Report,
    rounds::progress,
    session::{FULL, PAGE, Session},
    statistics::{Figure, real},
    targets,
};

const ENCODINGS: [&str; 4] = ["identity", "gzip", "br", "zstd"];

/// Somebody by their cookies, and what a page shows to them alone.
#[derive(Clone, Debug, Default)]
struct Somebody {
    cookies: Vec<(&'static str, String)>,
    cart: Option<u32>,
    theme: &'static str,
}

/// What came of the answers to one person over one connection, or of all.
#[derive(Debug, Default)]
struct Found {
    answers: u64,
    hits: u64,
    /// Made for one person each, by a node that could not look for changes in time.
    unkept: u64,
    /// By what was wrong.
    wrong: BTreeMap<String, Wrong>,
}

#[derive(Debug)]
struct Wrong {
    answers: u64,
    /// The first of them, with who asked for what.
    first: String,
}

impl Found {
    fn add(&mut self, other: Self) {
        self.answers += other.answers;
        self.hits += other.hits;
        self.unkept += other.unkept;
        for (what, wrong) in other.wrong {
            self.add_wrong(what, wrong);
        }
    }

    fn add_error(&mut self, error: &anyhow::Error) {
        let wrong = Wrong { answers: 1, first: format!("{error:#}") };
        self.add_wrong(error.root_cause().to_string(), wrong);
    }

    fn add_wrong(&mut self, what: String, wrong: Wrong) {
        self.wrong.entry(what).and_modify(|known| known.answers += wrong.answers).or_insert(wrong);
    }

    fn wrong_answers(&self) -> u64 {
        self.wrong.values().map(|wrong| wrong.answers).sum()
    }
}

pub async fn measure(session: &Session, report: &mut Report) -> anyhow::Result<()> {
    let seconds = session.plan.hammer_seconds;
    progress(&format!("visitors with carts and without on the same pages, {seconds} s"));
    let other = session.program.open_beside(&session.shop, &session.database_url, FULL).await?;
    let ports = [session.shop.port, other.port];
    let film = film_to_buy(session).await?;
    let pages = ["/".to_owned(), PAGE.to_owned(), film.clone(), session.addresses.first_pages[0].clone()];
    let people = [
        somebody(ports[0], &film, 2, "dark").await?,
        somebody(ports[0], &film, 7, "light").await?,
        Somebody { theme: "system", ..Somebody::default() },
        Somebody { theme: "system", ..Somebody::default() },
    ];
    let until = Instant::now() + Duration::from_secs(seconds.into());
    let mut connections = Vec::new();
    for port in ports {
        for person in &people {
            for encoding in ENCODINGS {
                let hammer = hammer((port, ports[0]), person.clone(), pages.clone(), encoding, until);
                connections.push(tokio::spawn(hammer));
            }
        }
    }
    let firsts = join_all(ports.map(|port| first_visits((port, ports[0]), &film, until))).await;
    let (mut found, mut carts) = (Found::default(), Found::default());
    for visits in firsts {
        carts.add(visits);
    }
    for connection in connections {
        found.add(connection.await?);
    }
    judge(report, found, carts);
    Ok(())
}

fn judge(report: &mut Report, found: Found, carts: Found) {
    report.note(format!(
        "Hammer: {} answers to two visitors with carts and two without, on two nodes in four encodings, {:.1} % from the \
         page cache, {} made for one person each while a node could not look for changes in time, {} wrong; {} first \
         visits put a film into a cart, {} could not.",
        found.answers,
        real(found.hits) * 100.0 / real(found.answers.max(1)),
        found.unkept,
        found.wrong_answers(),
        carts.answers - carts.wrong_answers(),
        carts.wrong_answers(),
    ));
    for (target, found) in [(&targets::FOREIGN, found), (&targets::FIRST_CARTS, carts)] {
        for Wrong { answers, first } in found.wrong.values() {
            report.note(format!("Wrong in {answers} answers, at first: {first}."));
        }
        let measured =
            if found.answers == 0 { Err("nothing was answered".to_owned()) } else { Ok(found.wrong_answers()) };
        report.judge(target, measured.map(|wrong| Figure::one(real(wrong))));
    }
}

/// The page of a film of which many can be bought.
async fn film_to_buy(session: &Session) -> anyhow::Result<String> {
    for film in &session.addresses.films {
        if somebody(session.shop.port, film, 7, "system").await.is_ok() {
            return Ok(film.clone());
        }
    }
    anyhow::bail!("no film can be bought seven times")
}

/// A visitor with so many units in the cart.
async fn somebody(port: u16, film: &str, count: u32, theme: &'static str) -> anyhow::Result<Somebody> {
    let mut visitor = Visitor::arrive(port).await?;
    let sku = visitor.get(film).await?.field("sku").context("the film cannot be bought")?;
    let quantity = count.to_string();
    visitor.post("/cart/items", &[("sku", &sku), ("quantity", &quantity)]).await?;
    // Reads the message of the redirect.
    let page = visitor.get(film).await?.text();
    let counts = values(&page, "data-cart-count=\"");
    anyhow::ensure!(counts == [quantity], "{count} units could not be put into the cart");
    let cart = visitor.cookies.get("cart").context("no cart")?.clone();
    Ok(Somebody { cookies: vec![("cart", cart), ("theme", theme.to_owned())], cart: Some(count), theme })
}

/// One connection of a person, who asks without a pause.
async fn hammer(
    (port, known_as): (u16, u16),
    person: Somebody,
    pages: [String; 4],
    encoding: &str,
    until: Instant,
) -> Found {
    let mut found = Found::default();
    while Instant::now() < until {
        // What breaks a connection counts, and the person comes back.
        let visit = ask((port, known_as), &person, &pages, encoding, until, &mut found).await;
        if let Err(error) = visit {
            found.answers += 1;
            found.add_error(&error);
        }
    }
    found
}

async fn ask(
    (port, known_as): (u16, u16),
    person: &Somebody,
    pages: &[String; 4],
    encoding: &str,
    until: Instant,
    found: &mut Found,
) -> anyhow::Result<()> {
    let mut visitor = Visitor::arrive(port).await?.known_as(known_as);
    visitor.cookies.extend(person.cookies.iter().map(|(name, value)| ((*name).to_owned(), value.clone())));
    for page in pages.iter().cycle().take_while(|_| Instant::now() < until) {
        let answer = visitor.get_with(page, &[("Accept-Encoding", encoding)]).await?;
        check(&answer, person, encoding).with_context(|| format!("{page} in {encoding} for {person:?}"))?;
        found.answers += 1;
        found.hits += u64::from(answer.timing().cache == "hit");
        found.unkept += u64::from(answer.timing().cache == "off");
    }
    Ok(())
}

/// Whether an answer is this person's, whole, and shared with as many as it may be.
fn check(answer: &Answer, person: &Somebody, encoding: &str) -> anyhow::Result<()> {
    anyhow::ensure!(answer.status == 200, "status {}", answer.status);
    let page = decoded(answer)?;
    anyhow::ensure!(page.trim_end().ends_with("</html>"), "the page is not whole");
    let counts: Vec<String> = person.cart.iter().map(u32::to_string).collect();
    let shown = values(&page, "data-cart-count=\"");
    anyhow::ensure!(shown == counts, "it counts {shown:?}");
    let themes = values(&page, "name=\"theme\" value=\"");
    let checked = page
        .split("name=\"theme\" value=\"")
        .skip(1)
        .filter(|rest| rest.split_once('>').is_some_and(|(tag, _)| tag.ends_with(" checked")));
    let checked: Vec<&str> = checked.filter_map(|rest| rest.split('"').next()).collect();
    anyhow::ensure!(themes.len() == 3 && checked == [person.theme], "the theme is {checked:?}");
    anyhow::ensure!(!page.contains("class=\"notice notice--page"), "it shows a message");
    let (is_stranger, shared) = (person.cookies.is_empty(), answer.header("cache-control").unwrap_or_default());
    let may_be_public = is_stranger && answer.timing().cache != "off";
    let is_right = if may_be_public { shared.starts_with("public") } else { shared == "private, no-store" };
    anyhow::ensure!(is_right, "caches are told \"{shared}\" of a page that is \"{}\"", answer.timing().cache);
    anyhow::ensure!(answer.header("set-cookie").is_none(), "it sets a cookie");
    let sent = answer.header("content-encoding").unwrap_or("identity");
    // Somebody's own page is put together in gzip or plain.
    anyhow::ensure!(sent == encoding || !is_stranger && sent == "identity", "it is sent in {sent}");
    Ok(())
}

/// The values that stand behind this beginning of an attribute.
fn values(page: &str, beginning: &str) -> Vec<String> {
    page.split(beginning).skip(1).filter_map(|rest| rest.split('"').next()).map(str::to_owned).collect()
}

/// People who come to the node one after the other, each for the first time.
async fn first_visits((port, known_as): (u16, u16), film: &str, until: Instant) -> Found {
    let mut found = Found::default();
    while Instant::now() < until {
        found.answers += 1;
        match first_visit((port, known_as), film).await {
            Ok(is_hit) => found.hits += u64::from(is_hit),
            Err(error) => found.add_error(&error),
        }
    }
    found
}

/// Puts a film into a cart from its kept page; true when that page was from the cache.
async fn first_visit((port, known_as): (u16, u16), film: &str) -> anyhow::Result<bool> {
    let mut visitor = Visitor::arrive(port).await?.known_as(known_as);
    let page = visitor.get(film).await?;
    anyhow::ensure!(visitor.cookies.is_empty(), "the first page set a cookie");
    let sku = page.field("sku").context("the page sells nothing")?;
    let sent = visitor.post("/cart/items", &[("sku", &sku), ("quantity", "1")]).await?;
    anyhow::ensure!(sent.status == 303, "adding was answered {}", sent.status);
    let back = visitor.get(film).await?.text();
    let counts = values(&back, "data-cart-count=\"");
    anyhow::ensure!(counts == ["1"], "the cart counts {counts:?} after the film was added");
    anyhow::ensure!(back.contains("class=\"notice notice--page"), "nothing says that the film was added");
    Ok(page.timing().cache == "hit")
}
