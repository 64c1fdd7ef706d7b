//! Somebody who works in the shop.

use marquee::{
    audit::Author,
    personnel::{
        Role,
        actions::{self, NewMember},
    },
};

use super::{Client, TestApp};

pub const PASSWORD: &str = "a long and quiet evening";

impl TestApp {
    /// Makes an account with these roles; its id.
    pub async fn hire(&self, email: &str, roles: &[Role]) -> u64 {
        let password_hash = self.app.passwords.hash(PASSWORD).await.unwrap();
        let member = NewMember { email, name: "Grace", password_hash: &password_hash, roles };
        actions::create(&self.app.db, member, &Author::system("test")).await.unwrap()
    }

    /// Somebody with these roles, signed in through the door.
    pub async fn employee(&self, roles: &[Role]) -> Client {
        let words: Vec<_> = roles.iter().map(|role| role.word()).collect();
        let email = format!("{}@shop.test", words.join("."));
        self.hire(&email, roles).await;
        let client = self.guest();
        let answer = client.post("/admin/login", &[("login", &email), ("password", PASSWORD)]).await;
        assert_eq!((answer.status.as_u16(), answer.header("location")), (303, "/admin"), "{}", answer.text());
        client
    }
}
