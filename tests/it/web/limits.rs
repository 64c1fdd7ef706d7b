//! Limits: one for the whole shop, whatever Redis does, and fair to those whose passwords are guessed.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use axum::http::StatusCode;
use marquee::{personnel::Role, platform::limiter::Limit};

use crate::support::{Answer, Client, PASSWORD, Proxy, TestApp, TestDatabase, redis_url};

/// Limits as in production, and addresses as a proxy tells them.
const STRICT: [(&str, &str); 2] = [("MARQUEE_LIMITS_FACTOR", "1"), ("MARQUEE_TRUSTED_PROXIES", "1")];

/// Two nodes of one shop.
async fn two_nodes() -> [TestApp; 2] {
    let database = Arc::new(TestDatabase::migrated().await);
    [TestApp::on(Arc::clone(&database), &STRICT), TestApp::on(database, &STRICT)]
}

fn at(app: &TestApp, address: &str) -> Client {
    app.guest().with_header("x-forwarded-for", address)
}

async fn track(client: &Client) -> Answer {
    client.post("/orders/track", &[("number", "MQ-AAAAAAAA"), ("email", "nora@shop.test")]).await
}

fn wait(answer: &Answer) -> u64 {
    assert_eq!(answer.status, StatusCode::TOO_MANY_REQUESTS, "{}", answer.text());
    answer.header("retry-after").parse().unwrap()
}

#[tokio::test]
async fn nodes_share_a_limit_and_tell_when_to_come_back() {
    let nodes = two_nodes().await;
    for turn in 0..5 {
        assert_eq!(track(&at(&nodes[turn % 2], "192.0.2.1")).await.status, StatusCode::SEE_OTHER, "{turn}");
    }
    for node in &nodes {
        let refused = track(&at(node, "192.0.2.1")).await;
        assert!((700..=720).contains(&wait(&refused)), "an hour has five: {}", wait(&refused));
        assert!(refused.text().contains("Wait 12 minutes"), "{}", refused.text());
        assert_eq!(track(&at(node, "192.0.2.2")).await.status, StatusCode::SEE_OTHER);
    }
}

#[tokio::test]
async fn twenty_at_once_on_two_nodes_get_as_much_as_one_after_the_other() {
    let nodes = two_nodes().await;
    let asked = (0..20).map(|turn| {
        let client = at(&nodes[turn % 2], "192.0.2.1");
        async move { track(&client).await.status == StatusCode::SEE_OTHER }
    });
    let let_in = futures_util::future::join_all(asked).await;
    assert_eq!(let_in.iter().filter(|is_in| **is_in).count(), 5);
}

#[tokio::test]
async fn whoever_waits_as_long_as_they_are_told_is_let_in() {
    const SHORT: Limit = Limit { name: "short", most: 2, per: Duration::from_secs(3) };
    let nodes = two_nodes().await;
    let [one, two] = nodes.each_ref().map(|node| &node.app.limits);
    assert!(one.check(&SHORT, "a").await.is_ok() && two.check(&SHORT, "a").await.is_ok());
    let seconds = two.check(&SHORT, "a").await.unwrap_err();
    assert_eq!(one.check(&SHORT, "a").await, Err(seconds), "the same on both");
    tokio::time::sleep(Duration::from_secs(seconds)).await;
    assert!(one.check(&SHORT, "a").await.is_ok());
    assert!(two.check(&SHORT, "a").await.is_err(), "one has come back, not two");
}

#[tokio::test]
async fn of_several_limits_one_that_refuses_leaves_the_others_as_they_were() {
    const NARROW: Limit = Limit { name: "narrow", most: 1, per: Duration::from_hours(1) };
    const WIDE: Limit = Limit { name: "wide", most: 2, per: Duration::from_hours(1) };
    let nodes = two_nodes().await;
    let [one, two] = nodes.each_ref().map(|node| &node.app.limits);
    assert!(one.check_all(&[(&WIDE, "a"), (&NARROW, "x")]).await.is_ok());
    assert!(two.check_all(&[(&WIDE, "a"), (&NARROW, "x")]).await.is_err());
    assert!(one.check_all(&[(&WIDE, "a"), (&NARROW, "y")]).await.is_ok(), "the refused one does not count");
    assert!(one.check_all(&[(&WIDE, "a"), (&NARROW, "z")]).await.is_err());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn while_redis_hangs_each_node_counts_for_itself_and_nobody_waits() {
    let wire = Proxy::to_redis(&redis_url()).await;
    let vars = [STRICT[0], STRICT[1], ("REDIS_URL", &wire.url)];
    let app = TestApp::with(&vars).await;
    for _ in 0..3 {
        assert_eq!(track(&at(&app, "192.0.2.1")).await.status, StatusCode::SEE_OTHER);
    }
    wire.slow(Duration::from_hours(1));
    let start = Instant::now();
    for _ in 0..2 {
        assert_eq!(track(&at(&app, "192.0.2.1")).await.status, StatusCode::SEE_OTHER);
    }
    for address in 3..50 {
        assert_eq!(track(&at(&app, &format!("192.0.2.{address}"))).await.status, StatusCode::SEE_OTHER);
        wait(&track(&at(&app, "192.0.2.1")).await);
    }
    assert!(start.elapsed() < Duration::from_secs(3), "{:?}: Redis is left alone", start.elapsed());
}

#[tokio::test]
async fn pages_ask_redis_for_no_limit() {
    let wire = Proxy::to_redis(&redis_url()).await;
    let app = TestApp::with(&[STRICT[0], STRICT[1], ("REDIS_URL", &wire.url)]).await;
    let before = wire.calls();
    for _ in 0..5 {
        assert_eq!(at(&app, "192.0.2.1").get("/pages/about").await.status, StatusCode::OK);
        assert_eq!(at(&app, "192.0.2.1").get("/account/login").await.status, StatusCode::OK);
    }
    assert_eq!(wire.calls(), before);
}

/// The door of customers, and that of the shop's people.
const DOORS: [&str; 2] = ["/account/login", "/admin/login"];
const OWNER: &str = "grace@shop.test";

/// A shop where somebody has an account at both doors, who has signed in at both.
async fn with_owner() -> (TestApp, Client) {
    let app = TestApp::with(&STRICT).await;
    app.hire(OWNER, &[Role::Owner]).await;
    let owner = at(&app, "198.51.100.1");
    let fields = [("name", "Grace"), ("email", OWNER), ("password", PASSWORD)];
    assert_eq!(owner.post("/account/register", &fields).await.status, StatusCode::SEE_OTHER);
    for door in DOORS {
        assert_eq!(sign_in(&owner, door, PASSWORD).await.status, StatusCode::SEE_OTHER);
    }
    (app, owner)
}

async fn sign_in(client: &Client, door: &str, password: &str) -> Answer {
    client.post(door, &[("login", OWNER), ("password", password)]).await
}

#[tokio::test]
async fn strangers_at_a_door_do_not_keep_the_owner_out() {
    let (app, owner) = with_owner().await;
    for door in DOORS {
        // From the owner's own address, and from as many others as there are.
        for address in ["198.51.100.1".to_owned()].into_iter().chain((0..40).map(|n| format!("192.0.2.{n}"))) {
            let stranger = at(&app, &address);
            let mut answers = Vec::new();
            for _ in 0..7 {
                answers.push(sign_in(&stranger, door, "a guess at it").await.status.as_u16());
            }
            assert_eq!(
                answers.iter().filter(|status| **status == 422).count(),
                if address.starts_with("198") { 4 } else { 5 }
            );
            assert_eq!(sign_in(&stranger, door, PASSWORD).await.status, 429, "not even with the right one");
        }
        assert_eq!(sign_in(&owner, door, PASSWORD).await.status, 303, "{door}");
        assert_eq!(sign_in(&at(&app, "198.51.100.2"), door, PASSWORD).await.status, 303, "nor from elsewhere");
    }
}

#[tokio::test]
async fn a_known_device_has_tries_of_its_own_and_they_end_too() {
    let (app, owner) = with_owner().await;
    for (door, cookie) in DOORS.into_iter().zip(["device", "staff_device"]) {
        let thief = at(&app, "192.0.2.1");
        thief.set_cookie(cookie, &owner.cookie(cookie).unwrap());
        let mut tried = 0;
        while sign_in(&thief, door, "a guess at it").await.status == 422 {
            tried += 1;
        }
        assert_eq!(tried, 10, "{door}");
        let other_device = at(&app, "198.51.100.1");
        assert_eq!(sign_in(&other_device, door, PASSWORD).await.status, 303);
        wait(&sign_in(&owner, door, PASSWORD).await);
        owner.set_cookie(cookie, &other_device.cookie(cookie).unwrap());
        assert_eq!(sign_in(&owner, door, PASSWORD).await.status, 303, "another device of theirs is none the worse");
    }
}

#[tokio::test]
async fn a_device_is_known_for_one_account_at_one_door() {
    let (app, owner) = with_owner().await;
    for (door, cookie, other) in [(DOORS[0], "device", "staff_device"), (DOORS[1], "staff_device", "device")] {
        let stranger = at(&app, "192.0.2.9");
        for forged in [owner.cookie(other).unwrap(), "MTox.AAAA".to_owned(), String::new()] {
            stranger.set_cookie(cookie, &forged);
            for _ in 0..5 {
                sign_in(&stranger, door, "a guess at it").await;
            }
        }
        wait(&sign_in(&stranger, door, PASSWORD).await);
    }
}

/// Lets this much time pass for all counters, and answers a node that has none of its own.
async fn later(app: &TestApp, seconds: u64) -> TestApp {
    const BACK: &str = "for _, key in ipairs(redis.call('KEYS', ARGV[1])) do \
                        local due = tonumber(redis.call('GET', key)) - ARGV[2] * 1000000 \
                        redis.call('SET', key, string.format('%.0f', due), 'KEEPTTL') end return 1";
    let mut back = redis::cmd("EVAL");
    back.arg(BACK).arg(0).arg(format!("{}:limit:*", app.app.redis.prefix())).arg(seconds);
    assert_eq!(app.app.redis.ask::<u32>(&back).await, Some(1));
    TestApp::on(Arc::clone(&app.database), &STRICT)
}

#[tokio::test]
async fn whoever_guesses_for_a_day_waits_longer_and_longer_and_the_owner_gets_in_all_the_while() {
    const DAY: u64 = 24 * 3600;
    let (app, owner) = with_owner().await;
    for door in DOORS {
        let (mut node, mut passed, mut guesses, mut waits) = (later(&app, DAY).await, 0, 0, Vec::new());
        while passed < DAY {
            let answer = sign_in(&at(&node, "192.0.2.1"), door, "a guess at it").await;
            if answer.status == StatusCode::TOO_MANY_REQUESTS {
                waits.push(wait(&answer));
                passed += wait(&answer);
                node = later(&node, wait(&answer)).await;
            } else {
                guesses += 1;
            }
        }
        assert!((20..=40).contains(&guesses), "{door}: {guesses} guesses, after {waits:?}");
        // Answers take their time, of which a second may show.
        let is_no_shorter = |pair: &[u64]| pair[1] + 2 >= pair[0];
        assert!(waits[0] <= 180 && waits.windows(2).all(is_no_shorter), "{door}: {waits:?}");
        assert!(waits.iter().any(|wait| (350..=360).contains(wait)), "{door}: {waits:?}");
        assert!(waits.last().is_some_and(|wait| (4_300..=4_320).contains(wait)), "{door}: {waits:?}");
        let at_home = at(&node, "198.51.100.1");
        for cookie in ["device", "staff_device"] {
            at_home.set_cookie(cookie, &owner.cookie(cookie).unwrap());
        }
        assert_eq!(sign_in(&at_home, door, PASSWORD).await.status, StatusCode::SEE_OTHER, "{door}");
    }
}

#[tokio::test]
async fn nobody_sends_mails_to_many_addresses_from_a_profile() {
    let (_app, owner) = with_owner().await;
    let save = async |email: &str, phone: &str| {
        let fields = [("name", "Grace"), ("email", email), ("phone", phone), ("language", "en")];
        owner.with_header("x-forwarded-for", "198.51.100.7").post("/account/profile", &fields).await
    };
    for turn in 0..5 {
        let number = format!("+99890123456{turn}");
        let saved = save(&format!("grace{turn}@shop.test"), &number).await;
        assert_eq!(saved.status, StatusCode::SEE_OTHER, "{turn}");
    }
    let mail = save("other@shop.test", "+998901234564").await;
    assert!(wait(&mail) > 600);
    assert_eq!(save(OWNER, "+998901234564").await.status, StatusCode::SEE_OTHER, "the rest may change");
}

#[tokio::test]
async fn suggestions_come_as_quickly_as_somebody_types_and_no_quicker() {
    let nodes = two_nodes().await;
    for node in &nodes {
        node.index().await;
    }
    let suggest = async |turn: usize, address| at(&nodes[turn % 2], address).get("/search/suggest?q=sol").await;
    let (start, mut served) = (Instant::now(), 0);
    let refused = loop {
        let answer = suggest(served, "192.0.2.1").await;
        if answer.status != StatusCode::OK {
            break answer;
        }
        served += 1;
    };
    assert_eq!(wait(&refused), 1);
    let came_back = usize::try_from(2 * (start.elapsed().as_secs() + 1)).unwrap();
    assert!((120..=120 + came_back).contains(&served), "{served} of both nodes together");
    assert_eq!(suggest(served, "192.0.2.2").await.status, StatusCode::OK);
}

#[tokio::test]
async fn one_who_mistyped_is_told_how_long_to_wait_and_one_who_goes_on_waits_longer() {
    let (app, _) = with_owner().await;
    for door in DOORS {
        let client = at(&app, "192.0.2.1");
        for _ in 0..5 {
            sign_in(&client, door, "a guess at it").await;
        }
        let refused = sign_in(&client, door, PASSWORD).await;
        assert!((170..=180).contains(&wait(&refused)), "{}", wait(&refused));
        assert!(refused.text().contains("Wait 3 minutes"), "{}", refused.text());
    }
}
