//! Films that go with a film and with a cart.

use axum::http::StatusCode;
use marquee::{
    catalog::{Format, ProductStatus},
    platform::clock,
    recommendations::{self, Stretch},
};
use time::Duration;

use crate::support::{
    Answer, Shopper, TestApp,
    factory::{Film, ProductBuilder, product},
};

/// Computes what goes with every film, and tells of how many it was another than before. The index knows them all then.
async fn recommend(app: &TestApp) -> usize {
    app.index().await;
    let catalogue = recommendations::load(&app.app.db, clock::now()).await.unwrap();
    catalogue.recommend(Stretch::ALL, 2, |_| {}).await.unwrap().changed
}

async fn put(app: &TestApp, film: ProductBuilder) -> Film {
    film.edition(Format::Dvd, 1999, 5).insert(&mut app.conn().await).await
}

async fn pick(app: &TestApp, film: &Film, other: &Film, kind: &str, position: u8) {
    let insert = "INSERT INTO product_related (product_id, kind, position, other_id) VALUES";
    app.database.execute(&format!("{insert} ({}, '{kind}', {position}, {})", film.id, other.id)).await;
}

/// The films of a shelf, each with its reason.
fn shown(page: &Answer) -> Vec<(String, String)> {
    page.texts(".related .film__title").into_iter().zip(page.texts(".related .related__why")).collect()
}

fn titles(page: &Answer) -> Vec<String> {
    page.texts(".related .film__title")
}

fn pair(title: &str, reason: &str) -> (String, String) {
    (title.to_owned(), reason.to_owned())
}

/// What fills up where little goes with a film.
fn in_the_shop(title: &str) -> (String, String) {
    pair(title, "Also in the shop")
}

fn m() -> ProductBuilder {
    product()
        .title("M")
        .slug("m-1931")
        .year(1931)
        .director("Fritz Lang")
        .cast("Peter Lorre")
        .genre("crime")
        .studio("Nero")
}

#[tokio::test]
async fn each_film_stands_there_with_its_reason_in_three_languages() {
    let app = TestApp::new().await;
    put(&app, m()).await;
    put(&app, product().title("Fury").year(1956).director("Fritz Lang")).await;
    put(&app, product().title("Casablanca").year(1942).cast("Peter Lorre")).await;
    put(&app, product().title("Scarface").year(1932).genre("crime")).await;
    put(&app, product().title("Heat").year(1995).genre("crime")).await;
    put(&app, product().title("Westfront").year(1930).studio("Nero")).await;
    put(&app, product().title("Duck Soup").year(1933)).await;
    put(&app, product().title("Alien").year(1979)).await;
    app.database.execute("UPDATE genres SET title_ru = 'Криминал', title_uz = 'Kriminal'").await;
    assert_eq!(recommend(&app).await, 7, "all but the one that shares nothing");
    let guest = app.guest();
    let page = guest.get("/films/m-1931").await;
    assert_eq!(
        shown(&page),
        [
            pair("Fury", "Also by Fritz Lang"),
            pair("Casablanca", "Also with Peter Lorre"),
            pair("Scarface", "More crime from the 1930s"),
            pair("Westfront", "Also from Nero"),
            pair("Heat", "More crime"),
            pair("Duck Soup", "Also from the 1930s"),
            in_the_shop("Alien"),
        ]
    );
    assert_eq!(page.texts(".related .price")[0], "$19.99");
    let reasons = |page: Answer| page.texts(".related__why");
    assert_eq!(reasons(guest.get("/ru/films/m-1931").await)[2], "Ещё криминал 1930-х");
    assert_eq!(reasons(guest.get("/uz/films/m-1931").await)[2], "1930-yillardan yana kriminal");
}

#[tokio::test]
async fn picks_come_first_and_in_their_order_for_both_when_they_are_two_way() {
    let app = TestApp::new().await;
    let film = put(&app, m()).await;
    let alike = put(&app, product().title("Alike").year(1931).genre("crime").director("Fritz Lang")).await;
    let [second, first] = [put(&app, product().title("Second")).await, put(&app, product().title("First")).await];
    let [hidden, other] = [
        product().title("Hidden").status(ProductStatus::Draft).insert(&mut app.conn().await).await,
        put(&app, product().title("Other").year(2020)).await,
    ];
    pick(&app, &film, &second, "one_way", 2).await;
    pick(&app, &film, &first, "two_way", 1).await;
    pick(&app, &film, &hidden, "one_way", 0).await;
    pick(&app, &film, &alike, "one_way", 3).await;
    pick(&app, &other, &film, "two_way", 0).await;
    pick(&app, &film, &film, "one_way", 4).await;
    recommend(&app).await;
    let guest = app.guest();
    let page = guest.get("/films/m-1931").await;
    let picked = |title| pair(title, "Our pick");
    assert_eq!(
        shown(&page),
        [picked("First"), picked("Second"), picked("Alike"), picked("Other")],
        "each once, by its best reason, and never itself"
    );
    assert_eq!(shown(&guest.get(&format!("/films/{}", first.slug)).await)[0], picked("M"));
    let second = shown(&guest.get(&format!("/films/{}", second.slug)).await);
    assert!(second.contains(&in_the_shop("M")) && !second.contains(&picked("M")));
}

#[tokio::test]
async fn four_to_twelve_visible_films_stand_there_whatever_was_computed() {
    let app = TestApp::new().await;
    put(&app, m()).await;
    let soon = clock::now() + Duration::days(1);
    product().title("Soon").genre("crime").publish_at(soon).insert(&mut app.conn().await).await;
    for n in 0..20 {
        put(&app, product().year(2000 + n).genre(if n < 3 { "crime" } else { "war" }).sold_count(n.into())).await;
    }
    app.index().await;
    let guest = app.guest();
    let page = guest.get("/films/m-1931").await;
    assert_eq!(shown(&page).len(), 12, "before anything was computed");
    assert_eq!(page.texts(".related__why")[..4], ["More crime", "More crime", "More crime", "Also in the shop"]);
    assert!(titles(&page).iter().all(|title| title != "M" && title != "Soon"));
    assert_eq!(page.statements(), 4);

    recommend(&app).await;
    app.database.execute("UPDATE products SET status = 'draft' WHERE id > 10").await;
    app.index().await;
    let page = guest.get("/films/m-1931").await;
    let slugs = page.attributes(".related a", "href");
    assert!((4..=12).contains(&slugs.len()), "{slugs:?}");
    for path in slugs {
        assert_eq!(guest.get(&path).await.status, StatusCode::OK, "{path}");
    }
}

#[tokio::test]
async fn only_what_changed_is_written_and_what_is_gone_goes() {
    let app = TestApp::new().await;
    let film = put(&app, m()).await;
    let mut others = Vec::new();
    for year in [1932, 1950, 1960, 1970] {
        others.push(put(&app, product().year(year).genre("crime")).await);
    }
    assert_eq!(recommend(&app).await, 5);
    assert_eq!(app.database.number("SELECT COUNT(*) FROM recommendations").await, 20);
    assert_eq!(recommend(&app).await, 0, "nothing is written when nothing changed");

    app.database.execute(&format!("DELETE FROM products WHERE id = {}", others[3].id)).await;
    app.database.execute(&format!("UPDATE products SET year = 1951 WHERE id = {}", others[0].id)).await;
    assert_eq!(app.guest().get("/films/m-1931").await.status, StatusCode::OK);
    assert_eq!(recommend(&app).await, 5);
    assert_eq!(app.database.number("SELECT COUNT(*) FROM recommendations").await, 12);
    let reason = format!(
        "SELECT COUNT(*) FROM recommendations WHERE product_id = {} AND other_id = {} AND reason = 'genre'",
        film.id, others[0].id
    );
    assert_eq!(app.database.number(&reason).await, 1);

    app.database.execute("UPDATE products SET status = 'draft'").await;
    recommend(&app).await;
    assert_eq!(app.database.number("SELECT COUNT(*) FROM recommendations").await, 0);
}

#[tokio::test]
async fn a_run_in_chunks_comes_to_the_same() {
    let app = TestApp::new().await;
    let directors = ["Anna", "Boris", "Clara"];
    for n in 0..25_u16 {
        let film = product().year(1950 + n * 3).genre(["war", "crime"][usize::from(n) % 2]);
        put(&app, film.director(directors[usize::from(n) % 3]).sold_count(u32::from(n) % 4)).await;
    }
    assert!(recommend(&app).await > 0);
    let chunks = recommendations::chunks(&app.app.db, 7).await.unwrap();
    assert_eq!(chunks.len(), 4);
    for chunk in chunks {
        let catalogue = recommendations::load(&app.app.db, clock::now()).await.unwrap();
        assert_eq!(catalogue.recommend(chunk, 1, |_| {}).await.unwrap().changed, 0);
    }
}

/// Computes what is bought with every film.
async fn recommend_bought(app: &TestApp) -> usize {
    let orders = recommendations::load_orders(&app.app.db).await.unwrap();
    orders.recommend(Stretch::ALL, 2, |_| {}).await.unwrap().changed
}

/// Somebody buys these films together.
async fn buy(app: &TestApp, films: &[&Film]) -> String {
    let skus: Vec<_> = films.iter().map(|film| (film.editions[0].sku.as_str(), 1)).collect();
    Shopper::new(app).order(&skus).await
}

#[tokio::test]
async fn what_is_bought_together_often_enough_stands_before_what_is_alike() {
    let app = TestApp::new().await;
    let film = put(&app, m()).await;
    let alike = put(&app, product().title("Alike").year(1931).director("Fritz Lang")).await;
    let [bought, rarely, cancelled] = [
        put(&app, product().title("Bought").year(2001)).await,
        put(&app, product().title("Rarely").year(2002)).await,
        put(&app, product().title("Cancelled").year(2003)).await,
    ];
    for _ in 0..3 {
        buy(&app, &[&film, &bought]).await;
        let number = buy(&app, &[&film, &cancelled]).await;
        app.database.execute(&format!("UPDATE orders SET status = 'cancelled' WHERE number = '{number}'")).await;
    }
    for _ in 0..2 {
        buy(&app, &[&film, &rarely]).await;
    }
    app.database.execute("UPDATE editions SET stock = 5").await;
    recommend(&app).await;
    assert_eq!(recommend_bought(&app).await, 2, "each of the two goes with the other");
    assert_eq!(recommend_bought(&app).await, 0, "nothing is written when nothing changed");
    let guest = app.guest();
    let page = guest.get("/films/m-1931").await;
    assert_eq!(shown(&page)[..2], [pair("Bought", "Often bought with M"), pair("Alike", "Also by Fritz Lang")]);
    assert!(["Rarely", "Cancelled"].iter().all(|title| shown(&page).contains(&in_the_shop(title))));
    assert_eq!(page.statements(), 4);
    let other = guest.get(&format!("/ru/films/{}", bought.slug)).await;
    assert_eq!(shown(&other)[0], pair("M", "Часто берут вместе с «Bought»"));

    let shopper = Shopper::new(&app);
    shopper.put(&alike.editions[0].sku, 1).await;
    let cart = shopper.put(&film.editions[0].sku, 1).await;
    assert_eq!(shown(&cart)[0], pair("Bought", "Often bought with M"));
    assert_eq!(cart.statements(), 3);
}

#[tokio::test]
async fn what_goes_with_a_cart_can_be_bought_and_is_not_in_it() {
    let app = TestApp::new().await;
    let film = put(&app, m()).await;
    let other = put(&app, product().title("Fury").director("Fritz Lang").cast("Sylvia Sidney")).await;
    put(&app, product().title("Metropolis").year(1927).director("Fritz Lang")).await;
    put(&app, product().title("Sabotage").year(1936).cast("Sylvia Sidney")).await;
    let sold_out = product().title("Liliom").year(1934).director("Fritz Lang").edition(Format::Dvd, 1999, 0);
    sold_out.insert(&mut app.conn().await).await;
    recommend(&app).await;
    let shopper = Shopper::new(&app);
    shopper.put(&film.editions[0].sku, 1).await;
    let page = shopper.put(&other.editions[0].sku, 1).await;
    assert_eq!(shown(&page), [pair("Metropolis", "Also by Fritz Lang"), pair("Sabotage", "Also with Sylvia Sidney")]);
    assert_eq!(page.texts("#with"), ["Goes well with these"]);
    assert_eq!(page.statements(), 3);
    assert!(app.guest().get("/cart").await.texts(".related").is_empty());
}

#[tokio::test]
async fn the_shelves_cost_the_same_for_one_film_and_for_many() {
    let app = TestApp::new().await;
    let shopper = Shopper::new(&app);
    let mut costs = Vec::new();
    for n in 0..30 {
        let film = put(&app, product().genre("war").slug(&format!("war-{n}"))).await;
        if n == 1 || n == 29 {
            recommend(&app).await;
            app.index().await;
            let cart = shopper.put(&film.editions[0].sku, 1).await;
            costs.push((app.guest().get("/films/war-0").await.statements(), cart.statements()));
        } else if (1..20).contains(&n) {
            shopper.put(&film.editions[0].sku, 1).await;
        }
    }
    assert_eq!(costs, [(4, 3), (4, 3)]);
}
