//! An account that its owner deletes.

use axum::http::StatusCode;
use marquee::{catalog::Format, personnel::Role, platform::i18n::Lang};

use crate::support::{Answer, Client, PASSWORD, Shopper, TestApp, assert_books_agree, factory::Film, factory::product};

const PAGE: &str = "/account/delete";

/// Somebody with one of each kind, an order that has arrived, and a password.
struct Nora {
    id: u64,
    client: Client,
    film: Film,
    order: String,
}

impl Nora {
    async fn new(app: &TestApp) -> Self {
        let film = product().title("Stalker").edition(Format::Dvd, 999, 50).insert(&mut app.conn().await).await;
        let (id, client) = app.customer("Nora").await;
        let hash = app.app.passwords.hash(PASSWORD).await.unwrap();
        app.database
            .execute(&format!("UPDATE clients SET password_hash = '{hash}', phone = '+998901112233' WHERE id = {id}"))
            .await;
        let sku = &*film.editions[0].sku;
        let email = app.database.text(&format!("SELECT email FROM clients WHERE id = {id}")).await;
        let shopper = Shopper { client: client.clone() };
        shopper.put(sku, 2).await;
        let (key, total) = shopper.open_form().await;
        let placed = shopper.place(&key, &total, &[("email", &email), ("note", "Ring at Nora's")]).await;
        let order = crate::support::number_in(placed.header("location")).to_owned();
        app.database.execute("UPDATE orders SET status = 'delivered'").await;
        client.submit("/cart/items", &[("sku", sku), ("quantity", "3"), ("again", "1")]).await;
        let review = [("rating", "5"), ("title", "A title"), ("body", "Worth the walk.")];
        client.post(&format!("/films/{}/reviews", film.slug), &review).await;
        client.post("/account/wishlists/films", &[("slug", &film.slug)]).await;
        client.post("/recent", &[("slug", &film.slug)]).await;
        let address =
            [("name", "Nora"), ("phone", "+998901234567"), ("country", "UZ"), ("city", "Nora"), ("line1", "1 Road")];
        client.post("/account/addresses/new", &address).await;
        client.post("/account/preferences", &[("news", "on")]).await;
        client.post("/account/data", &[]).await;
        let (email, phone) = (("email", "nora.new@example.com"), ("phone", "+998901112233"));
        client.post("/account/profile", &[("name", "Nora"), ("surname", "Byrne"), email, phone]).await;
        let alert = "INSERT INTO stock_alerts (edition_id, email, language, requested_at) \
                     SELECT e.id, c.email, 'en', UTC_TIMESTAMP(6) FROM editions e, clients c";
        app.database.execute(&format!("{alert} WHERE e.sku = '{sku}' AND c.id = {id}")).await;
        app.work().await;
        Self { id, client, film, order }
    }

    /// Lets a moderator approve what she wrote.
    async fn approved(self, app: &TestApp) -> Self {
        let moderator = app.employee(&[Role::Moderator]).await;
        let review = app.database.number("SELECT CAST(id AS SIGNED) FROM reviews").await;
        let version = app.database.number("SELECT CAST(version AS SIGNED) FROM reviews").await.to_string();
        let approved = moderator
            .post(&format!("/admin/reviews/{review}/approve"), &[(&format!("version-{review}"), &version)])
            .await;
        assert_eq!(approved.status, StatusCode::SEE_OTHER, "{}", approved.text());
        self
    }

    async fn leave(&self, reviews: &str) -> Answer {
        self.client.post(PAGE, &[("password", PASSWORD), ("reviews", reviews)]).await
    }
}

/// How many rows of a table are this customer's.
async fn rows(app: &TestApp, table: &str, id: u64) -> i64 {
    app.database.number(&format!("SELECT COUNT(*) FROM {table} WHERE client_id = {id}")).await
}

#[tokio::test]
async fn all_that_is_personal_goes_and_the_books_stay() {
    let app = TestApp::new().await;
    let nora = Nora::new(&app).await;
    let page = nora.client.get(PAGE).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.statements() <= 5, "{}", page.statements());
    assert_eq!(page.attributes("[name=reviews][checked]", "value"), ["keep"]);
    let personal = "SELECT CONCAT_WS('|', subtotal_minor, delivery_minor, tax_minor, total_minor, ship_country, status) FROM orders";
    let sums = app.database.text(personal).await;
    let other_device = app.signed_in(nora.id, "Nora").await;

    let gone = nora.leave("remove").await;
    assert_eq!(gone.status, StatusCode::SEE_OTHER, "{}", gone.text());
    let report = nora.client.get(gone.header("location")).await;
    let told = report.texts("main li").join(" · ");
    for line in ["1 address", "1 wishlist", "1 request for a film", "1 review", "1 order, under a pseudonym"] {
        assert!(told.contains(line), "{line} is not in {told}");
    }
    assert_eq!((nora.client.cookie("sid"), nora.client.cookie("cart")), (None, None));
    for client in [&nora.client, &other_device] {
        assert!(client.get("/account").await.header("location").starts_with("/account/login"), "signed in nowhere");
        assert!(!client.get("/films").await.text().contains("Nora"), "no page knows the name");
    }
    for table in
        ["addresses", "wishlists", "carts", "reviews", "recently_viewed", "unwanted_mails", "sessions", "data_exports"]
    {
        assert_eq!(rows(&app, table, nora.id).await, 0, "{table}");
    }
    let links = format!("SELECT COUNT(*) FROM tokens WHERE subject = {}", nora.id);
    assert_eq!(app.database.number(&links).await, 0);
    assert_eq!(app.database.number("SELECT COUNT(*) FROM stock_alerts").await, 0);
    assert_eq!(rows(&app, "orders", nora.id).await, 1, "under a pseudonym");
    assert_eq!(app.database.text(personal).await, sums);
    assert_books_agree(&app).await;
    // The one mail that tells of it still has to reach her.
    let last = app.database.texts("SELECT template FROM messages WHERE `to` LIKE 'nora%'").await;
    assert_eq!(last, ["account_closed"]);
    app.work().await;
    let sent = "SELECT status FROM messages WHERE template = 'account_closed'";
    assert_eq!(app.database.text(sent).await, "sent");
}

/// Every text of the database that has this in it, but those of the mail that says good-bye.
async fn traces(app: &TestApp, word: &str) -> Vec<String> {
    let columns = app
        .database
        .texts(
            "SELECT CAST(CONCAT(table_name, '.', column_name) AS CHAR) FROM information_schema.columns \
             WHERE table_schema = DATABASE() AND table_name <> '_sqlx_migrations' \
             AND data_type IN ('varchar', 'char', 'text', 'mediumtext', 'longtext', 'json')",
        )
        .await;
    let mut found = Vec::new();
    for column in columns {
        let (table, name) = column.split_once('.').unwrap();
        let others = match table {
            "messages" => " AND template <> 'account_closed'",
            // Where mails end that are not to reach the world.
            "kept_messages" => continue,
            _ => "",
        };
        let count = format!(
            "SELECT COUNT(*) FROM `{table}` WHERE LOWER(CONVERT(`{name}` USING utf8mb4)) LIKE '%{word}%'{others}"
        );
        if app.database.number(&count).await > 0 {
            found.push(column);
        }
    }
    found
}

#[tokio::test]
async fn no_name_is_left_anywhere_in_the_database() {
    let app = TestApp::new().await;
    let nora = Nora::new(&app).await.approved(&app).await;
    let shop = app.employee(&[Role::Manager]).await;
    let note = shop
        .post(&format!("/admin/orders/{}/notes", nora.order), &[("audience", "customer"), ("text", "Dear Byrne")])
        .await;
    assert_eq!(note.status, StatusCode::SEE_OTHER, "{}", note.text());
    app.work().await;
    for word in ["nora", "byrne", "meridian", "901112233"] {
        assert!(!traces(&app, word).await.is_empty(), "{word} is there to be found");
    }
    assert_eq!(nora.leave("keep").await.status, StatusCode::SEE_OTHER);
    app.work().await;
    for word in ["nora", "meridian", "901112233"] {
        assert_eq!(traces(&app, word).await, [""; 0], "{word}");
    }
    assert_eq!(traces(&app, "byrne").await, ["audit_log.after"], "what was done is never changed");
}

#[tokio::test]
async fn nobody_leaves_with_an_order_on_its_way_or_without_the_password() {
    let app = TestApp::new().await;
    let nora = Nora::new(&app).await;
    let wrong = nora.client.post(PAGE, &[("password", "guess"), ("reviews", "remove")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.text().contains("This is not your password."));
    assert_eq!(wrong.attributes("[name=reviews][checked]", "value"), ["remove"], "what was chosen comes back");
    assert_eq!(wrong.field("password"), "");
    for status in ["pending", "confirmed", "processing", "shipped"] {
        app.database.execute(&format!("UPDATE orders SET status = '{status}'")).await;
        let path = format!("/account/orders/{}", nora.order);
        let asked = nora.client.get(PAGE).await;
        assert_eq!(asked.attributes("main section a", "href"), [path.as_str()], "{status}");
        let refused = nora.leave("remove").await;
        assert_eq!(refused.status, StatusCode::CONFLICT, "{status}");
        assert_eq!(refused.attributes("main section a", "href"), [path.as_str()], "{status}");
    }
    assert_eq!(rows(&app, "reviews", nora.id).await, 1, "nothing went");
    assert_eq!(nora.client.get("/account").await.status, StatusCode::OK);
    for status in ["cancelled", "refunded"] {
        app.database.execute(&format!("UPDATE orders SET status = '{status}'")).await;
        assert!(nora.client.get(PAGE).await.attributes("main section a", "href").is_empty(), "{status}");
    }
}

#[tokio::test]
async fn a_guesser_at_an_open_screen_has_to_wait() {
    let app = TestApp::with(&[("MARQUEE_LIMITS_FACTOR", "1")]).await;
    let (_, nora) = app.customer("Nora").await;
    for _ in 0..5 {
        assert_eq!(nora.post(PAGE, &[("password", "guess")]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    }
    assert_eq!(nora.post(PAGE, &[("password", "guess")]).await.status, StatusCode::TOO_MANY_REQUESTS);
}

#[tokio::test]
async fn reviews_go_with_their_stars_or_stay_without_the_name_and_kept_pages_follow() {
    for (choice, stars, shown) in [("remove", 0, None), ("keep", 1, Some("Former customer"))] {
        let app = TestApp::with(&[("MARQUEE_CACHE_TTL", "300")]).await;
        let nora = Nora::new(&app).await.approved(&app).await;
        app.database.execute("UPDATE reviews SET pending_rating = 1, pending_title = '', pending_body = 'Edit'").await;
        app.follow().await;
        let path = format!("/films/{}", nora.film.slug);
        let before = app.guest().get(&path).await;
        assert!(before.text().contains("Nora B.") && before.text().contains("Worth the walk."));
        assert_eq!(app.guest().get(&path).await.cache(), "hit");

        assert_eq!(nora.leave(choice).await.status, StatusCode::SEE_OTHER);
        let start = std::time::Instant::now();
        while app.guest().get(&path).await.text().contains("Nora B.") {
            assert!(start.elapsed().as_secs() < 5, "{choice}: the page still names her");
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        }
        let page = app.guest().get(&path).await;
        assert_eq!(page.text().contains("Worth the walk."), shown.is_some(), "{choice}");
        assert!(shown.is_none_or(|author| page.text().contains(author)), "{choice}");
        let rating = format!("SELECT CAST(rating_count AS SIGNED) FROM products WHERE id = {}", nora.film.id);
        assert_eq!(app.database.number(&rating).await, stars, "{choice}");
        assert_eq!(app.database.number("SELECT COUNT(*) FROM reviews WHERE queue IS NOT NULL").await, 0, "{choice}");
    }
}

#[tokio::test]
async fn what_nobody_else_has_seen_goes_whatever_is_chosen() {
    let app = TestApp::new().await;
    let nora = Nora::new(&app).await;
    nora.leave("keep").await;
    assert_eq!(rows(&app, "reviews", nora.id).await, 0, "nobody approved it");
}

#[tokio::test]
async fn the_address_is_free_and_whoever_comes_with_it_gets_nothing_of_the_old_account() {
    let app = TestApp::new().await;
    let nora = Nora::new(&app).await;
    let email = app.database.text(&format!("SELECT email FROM clients WHERE id = {}", nora.id)).await;
    nora.leave("keep").await;
    let login = [("login", email.as_str()), ("password", PASSWORD)];
    assert_eq!(app.guest().post("/account/login", &login).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    let new = app.guest();
    let fields = [("name", "Nora"), ("email", &email), ("phone", "+998901112233"), ("password", PASSWORD)];
    assert_eq!(new.post("/account/register", &fields).await.status, StatusCode::SEE_OTHER);
    app.work().await;
    let seed = app.database.text("SELECT JSON_UNQUOTE(JSON_EXTRACT(payload, '$.seed')) FROM messages WHERE template = 'account_confirm' ORDER BY id DESC LIMIT 1").await;
    let token = marquee::platform::tokens::text(&app.app.site.signer, marquee::accounts::CONFIRM, &seed);
    assert_eq!(
        new.post(&format!("/account/verify/{token}"), &[("password", PASSWORD)]).await.status,
        StatusCode::SEE_OTHER
    );
    app.work().await;
    assert_eq!(new.post("/account/login", &login).await.status, StatusCode::SEE_OTHER);
    assert_eq!(new.get(&format!("/account/orders/{}", nora.order)).await.status, StatusCode::NOT_FOUND);
    assert!(!new.get("/account/orders").await.text().contains(&nora.order));
    assert_eq!(rows(&app, "orders", nora.id).await, 1, "it is still the former customer's");
}

#[tokio::test]
async fn an_order_that_was_confirmed_late_is_not_given_to_somebody_who_has_left() {
    let app = TestApp::new().await;
    let nora = Nora::new(&app).await;
    let email = app.database.text(&format!("SELECT email FROM clients WHERE id = {}", nora.id)).await;
    app.database.execute(&format!("UPDATE orders SET client_id = NULL, email = '{email}'")).await;
    let mut tx = app.app.db.begin().await.unwrap();
    tx.enqueue(&marquee::accounts::jobs::AddressConfirmed { client_id: nora.id, email }).await.unwrap();
    tx.commit().await.unwrap();
    nora.leave("keep").await;
    app.work().await;
    assert_eq!(app.database.number("SELECT COUNT(*) FROM orders WHERE client_id IS NOT NULL").await, 0);
}

#[tokio::test]
async fn the_report_opens_to_whoever_the_shop_sent_there_alone() {
    let app = TestApp::new().await;
    let nora = Nora::new(&app).await;
    let gone = nora.leave("keep").await;
    let way = gone.header("location").to_owned();
    assert_eq!(app.guest().get(&format!("/ru{way}")).await.status, StatusCode::OK);
    for wrong in ["/account/deleted", "/account/deleted?report=1.2", &format!("{way}x")] {
        assert_eq!(app.guest().get(wrong).await.status, StatusCode::NOT_FOUND, "{wrong}");
    }
    let mail = marquee::accounts::mails::sample(&app.app.page_context(Lang::Uz, "/", ""), "account_closed");
    assert!(mail.unwrap().unwrap().text.contains("/uz/pages/privacy"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_two_deletions_at_once_one_deletes_and_neither_fails() {
    let app = TestApp::new().await;
    let nora = Nora::new(&app).await.approved(&app).await;
    let answers = futures_util::future::join_all((0..4).map(|_| nora.leave("remove"))).await;
    for answer in &answers {
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
    }
    let reports = answers.iter().filter(|answer| answer.header("location").starts_with("/account/deleted?")).count();
    assert_eq!(reports, 1);
    let mails = "SELECT COUNT(*) FROM messages WHERE template = 'account_closed'";
    assert_eq!(app.database.number(mails).await, 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn an_order_and_a_deletion_at_once_leave_either_a_customer_with_an_order_or_nobody_with_none() {
    for _ in 0..6 {
        let app = TestApp::new().await;
        let nora = Nora::new(&app).await;
        let shopper = Shopper { client: nora.client.clone() };
        let (key, total) = shopper.open_form().await;
        let (gone, placed) = tokio::join!(nora.leave("keep"), shopper.place(&key, &total, &[]));
        let open = app.database.number("SELECT COUNT(*) FROM orders WHERE status = 'pending'").await;
        let is_left = app.database.number("SELECT COUNT(*) FROM clients WHERE anonymized_at IS NOT NULL").await == 1;
        assert_ne!(open == 1, is_left, "{} and {}", gone.status, placed.status);
        if is_left {
            assert_eq!(gone.status, StatusCode::SEE_OTHER);
            assert_eq!(traces(&app, "nora").await, [""; 0]);
        } else {
            assert_eq!((gone.status, placed.status), (StatusCode::CONFLICT, StatusCode::SEE_OTHER));
        }
        assert_books_agree(&app).await;
    }
}
