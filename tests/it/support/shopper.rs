//! A visitor who buys: fills the cart, opens the form, sends it.

use super::{Answer, Client, TestApp};

/// Somebody with a browser and money.
pub struct Shopper {
    pub client: Client,
}

/// The form's fields with values that keep every rule.
pub fn good_form() -> Vec<(&'static str, &'static str)> {
    vec![
        ("email", "nora@example.com"),
        ("phone", "+998 90 123-45-67"),
        ("name", "Nora"),
        ("surname", "Byrne"),
        ("delivery_type", "standard"),
        ("country", "UZ"),
        ("city", "Tashkent"),
        ("line1", "14 Meridian Row"),
        ("payment_type", "cash"),
        ("terms", "on"),
    ]
}

impl Shopper {
    pub fn new(app: &TestApp) -> Self {
        Self { client: app.guest() }
    }

    pub async fn put(&self, sku: &str, quantity: u32) -> Answer {
        self.client.submit("/cart/items", &[("sku", sku), ("quantity", &quantity.to_string())]).await
    }

    /// Key and total of a freshly opened form.
    pub async fn open_form(&self) -> (String, String) {
        let form = self.client.get("/checkout").await;
        assert_eq!(form.status, 200, "{}", form.text());
        (form.field("placement_key"), form.field("total_minor"))
    }

    /// Sends the form; `changes` replace or add fields.
    pub async fn place(&self, key: &str, total: &str, changes: &[(&'static str, &str)]) -> Answer {
        let mut fields: Vec<(&str, &str)> = good_form();
        fields.extend([("placement_key", key), ("total_minor", total)]);
        fields.retain(|(name, _)| changes.iter().all(|(changed, _)| changed != name));
        fields.extend_from_slice(changes);
        self.client.post("/checkout", &fields).await
    }

    /// Opens the form and places the order as it stands.
    pub async fn buy(&self) -> Answer {
        let (key, total) = self.open_form().await;
        self.place(&key, &total, &[]).await
    }

    /// Buys these units of these SKUs; the number of the order.
    pub async fn order(&self, wanted: &[(&str, u32)]) -> String {
        for (sku, quantity) in wanted {
            self.put(sku, *quantity).await;
        }
        let placed = self.buy().await;
        assert_eq!(placed.status, 303, "{}", placed.text());
        number_in(placed.header("location")).to_owned()
    }
}

/// The number of the order that a link leads to.
pub fn number_in(link: &str) -> &str {
    link.split(['/', '?']).find(|part| part.starts_with("MQ-")).unwrap()
}
