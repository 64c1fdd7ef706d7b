//! What a film's kept page tells one customer: what they own, where their review stands, what they want.

use super::{KEPT, matrix, shop};
use crate::support::{Answer, Client, Shopper, TestApp, factory::product};
use marquee::catalog::Format;

const FILM: &str = "/films/the-matrix-1999";

/// The page as it is kept.
async fn page(client: &Client) -> Answer {
    client.get(FILM).await;
    client.get(FILM).await
}

fn owned(page: &Answer) -> Vec<String> {
    page.texts(".product .notice--good")
}

#[tokio::test]
async fn a_customer_is_told_what_they_own_until_it_is_given_back() {
    let app = shop().await;
    let film = matrix(&app).await;
    app.follow().await;
    let ((_, nora), (_, other)) = (app.customer("Nora").await, app.customer("Other").await);
    assert!(owned(&page(&nora).await).is_empty());
    let number = Shopper { client: nora.clone() }.order(&[("MX-DVD", 1)]).await;
    app.database.execute("UPDATE orders SET placed_at = '2024-05-03 21:00:00'").await;
    app.catch_up().await;
    let told = page(&nora).await;
    assert_eq!(owned(&told), ["You already own this film: DVD since 4 May 2024."], "by the shop's calendar");
    let others = page(&other).await;
    assert!(owned(&others).is_empty(), "nobody else is told");
    assert_eq!((others.cache(), others.statements()), ("hit", 1), "of somebody whose cart has not just changed");

    // A second order of another format, and the first one's money goes back.
    app.database
        .execute(&format!(
            "INSERT INTO order_lines (order_id, product_id, sku, title, format, image, quantity, unit_price_minor, \
             tax_minor, tax_rate_bp, total_minor) SELECT id, {}, 'MX-BD', 'The Matrix', 'blu_ray', '', 1, 0, 0, 0, 0 FROM orders",
            film.id
        ))
        .await;
    assert_eq!(
        owned(&page(&nora).await),
        ["You already own this film: Blu-ray since 4 May 2024, DVD since 4 May 2024."]
    );
    app.database.execute("UPDATE order_lines SET quantity_refunded = 1 WHERE format = 'dvd'").await;
    assert_eq!(owned(&page(&nora).await), ["You already own this film: Blu-ray since 4 May 2024."]);
    for status in ["refunded", "cancelled"] {
        app.database.execute(&format!("UPDATE orders SET status = '{status}' WHERE number = '{number}'")).await;
        assert!(owned(&page(&nora).await).is_empty(), "{status}");
    }
}

#[tokio::test]
async fn lists_and_searches_tell_a_customer_which_of_their_films_are_owned() {
    let app = shop().await;
    matrix(&app).await;
    product().title("The Matrix Reloaded").edition(Format::Dvd, 999, 50).insert(&mut app.conn().await).await;
    app.follow().await;
    let ((_, nora), (_, other)) = (app.customer("Nora").await, app.customer("Other").await);
    let told = |page: &Answer| page.texts("[data-results] .notice--good li");
    for _ in 0..2 {
        assert!(told(&nora.get("/films").await).is_empty(), "nothing is owned, and that is kept");
    }
    Shopper { client: nora.clone() }.order(&[("MX-DVD", 1)]).await;
    app.database.execute("UPDATE orders SET placed_at = '2024-05-03 12:00:00'").await;
    app.catch_up().await;
    let uncached = TestApp::on(app.database.clone(), &[("MARQUEE_CACHE_TTL", "0")]);
    uncached.follow().await;
    for path in ["/films", "/search?q=matrix", "/films?sort=title&format=dvd"] {
        for _ in 0..2 {
            nora.get(path).await;
        }
        let page = nora.get(path).await;
        assert_eq!(told(&page), ["The Matrix: DVD since 3 May 2024"], "{path}");
        assert_eq!(page.attributes("[data-results] .notice--good a", "href"), ["/films/the-matrix-1999"]);
        other.get(path).await;
        let others = other.get(path).await;
        assert!(told(&others).is_empty(), "{path}");
        assert_eq!((others.cache(), others.statements()), ("hit", 0), "{path}: of whoever owns none of these");
        let stranger = app.guest().get(path).await;
        assert!(told(&stranger).is_empty() && stranger.statements() == 0, "{path}");
        let same = uncached.guest();
        same.set_cookie("sid", &nora.cookie("sid").unwrap());
        assert_eq!(told(&same.get(path).await).len(), 1, "{path}: also where no page is kept");
    }
    assert_eq!(told(&nora.get("/ru/films").await), ["The Matrix: DVD с 3 мая 2024 г."]);
    app.database.execute("UPDATE order_lines SET quantity_refunded = quantity").await;
    assert!(told(&nora.get("/films").await).is_empty(), "what was given back is owned no more");
    let none = nora.get("/films?price_max=1").await;
    assert!(none.status.is_success() && told(&none).is_empty());
}

#[tokio::test]
async fn a_film_is_saved_and_taken_off_on_its_own_page() {
    let app = shop().await;
    matrix(&app).await;
    app.follow().await;
    let (_, nora) = app.customer("Nora").await;
    let first = page(&nora).await;
    let save = first.attributes(".product form[action*=wishlists]", "action");
    assert_eq!(save, ["/account/wishlists/films"]);
    let fields = [("slug", "the-matrix-1999"), ("next", FILM)];
    let saved = nora.submit(&save[0], &fields).await;
    assert!(saved.text().contains("On your wishlist."));
    assert_eq!(nora.get("/account/wishlists").await.texts("h3"), ["The Matrix"]);
    let remove = saved.attributes(".product form[action*=wishlists]", "action").remove(0);
    let removed = nora.submit(&remove, &fields).await;
    assert!(!removed.text().contains("On your wishlist."));
    assert_eq!(removed.attributes(".product form[action*=wishlists]", "action"), save);
    let elsewhere = nora.post(&remove, &[("next", "https://elsewhere.example/")]).await;
    assert!(elsewhere.header("location").starts_with("/account/wishlists/"));
}

#[tokio::test]
async fn a_stranger_finds_the_way_to_a_wishlist_and_back_without_a_statement() {
    let app = shop().await;
    matrix(&app).await;
    app.follow().await;
    let half_known = app.guest();
    half_known.set_cookie("theme", "dark");
    for (client, path) in [(app.guest(), FILM.to_owned()), (half_known, format!("/ru{FILM}"))] {
        client.get(&path).await;
        let page = client.get(&path).await;
        assert_eq!((page.cache(), page.statements()), ("hit", 0), "{path}");
        let prefix = path.trim_end_matches(FILM);
        let door = page.attributes(".product a[href*=login]", "href");
        assert_eq!(door, [format!("{prefix}/account/login?next={path}")]);
    }
    let off = TestApp::with(&[(KEPT.0, "0")]).await;
    let film = product().edition(Format::Dvd, 999, 5).insert(&mut off.conn().await).await;
    let page = off.guest().get(&format!("/films/{}", film.slug)).await;
    assert_eq!(page.attributes(".product a[href*=login]", "href").len(), 1, "also on a page that is not kept");
}
