//! Settings of the shop: typed, stored by name in `settings`, held in memory.
//!
//! Each field of [`Settings`] is one row of the table; a row that is missing takes the default, which is the sample
//! shop's. They are read when the shop starts: a changed row takes effect with the next start.

mod queries;

use serde::{Deserialize, Serialize, de::DeserializeOwned};
use time::{Date, UtcOffset, macros::date};

use crate::platform::{
    db::{Conn, Tx},
    i18n::Lang,
    money::Currency,
};

/// The row of the maintenance mode, and the tag that announces it. It is there while the shop is closed, and takes effect
/// at once.
pub const MAINTENANCE: &str = "maintenance";

/// What the shop's people decide, as of one moment.
#[derive(Clone, Debug)]
pub struct Settings {
    pub currency: Currency,
    pub zone: UtcOffset,
    pub tax_rates: Vec<TaxRate>,
    pub delivery: Vec<DeliveryMethod>,
    pub pickup_points: Vec<PickupPoint>,
    pub payment: Vec<PaymentMethod>,
    pub carriers: Vec<Carrier>,
    pub guest_checkout: bool,
    /// For so long an order holds its stock while it is to be paid through a provider.
    pub payment_hold_minutes: u32,
    /// Whether only those may write about a film who have bought it.
    pub reviews_by_buyers_only: bool,
    pub seller: Seller,
}

/// The rate of a tax class from a day on, in basis points: 1200 is 12 %.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TaxRate {
    pub class: String,
    pub from: Date,
    pub rate_bp: u32,
}

/// A way of delivery. Its kind is a word of the orders' delivery types.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeliveryMethod {
    pub kind: String,
    pub price_minor: i64,
    /// Free from this value of goods on.
    pub free_from_minor: Option<i64>,
    /// Earliest and latest day of arrival, counted from the day of the order.
    pub days: (u16, u16),
    /// Country codes that it serves; empty serves every country of the shop.
    pub countries: Vec<String>,
    pub is_enabled: bool,
}

/// A place where orders wait to be picked up.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PickupPoint {
    pub id: String,
    pub name_en: String,
    pub name_ru: String,
    pub name_uz: String,
}

impl PickupPoint {
    pub fn name(&self, lang: Lang) -> &str {
        match lang {
            Lang::En => &self.name_en,
            Lang::Ru => &self.name_ru,
            Lang::Uz => &self.name_uz,
        }
    }
}

/// A way of payment and the delivery kinds it may be combined with (empty: all).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaymentMethod {
    pub kind: String,
    pub is_enabled: bool,
    pub delivery_kinds: Vec<String>,
}

/// Somebody who carries parcels.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Carrier {
    pub id: String,
    pub name: String,
    /// Where a parcel is followed: an https address with `{number}` where its number stands; empty when nowhere.
    pub link: String,
}

impl Carrier {
    /// Whether its parcels have numbers by which they are followed.
    pub const fn tracks(&self) -> bool {
        !self.link.is_empty()
    }

    /// Where the parcel with this number is followed; empty when nowhere.
    pub fn tracking_link(&self, number: &str) -> String {
        let number: String = form_urlencoded::byte_serialize(number.as_bytes()).collect();
        self.link.replace("{number}", &number.replace('+', "%20"))
    }

    fn is_sound(&self) -> bool {
        !self.tracks() || (self.link.starts_with("https://") && self.link.contains("{number}"))
    }
}

/// Who sells, as invoices name them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seller {
    pub name: String,
    /// The lines of the address.
    pub address: Vec<String>,
    /// The number under which the seller pays taxes; empty when there is none.
    pub tax_number: String,
}

/// The seller as of now, for what must name them as they are when it is written.
pub async fn seller(conn: &mut Conn) -> sqlx::Result<Seller> {
    Ok(stored(conn, "seller").await?.unwrap_or_else(|| Settings::default().seller))
}

/// What is stored under a name, as of now.
pub async fn stored<T: DeserializeOwned>(conn: &mut Conn, name: &str) -> sqlx::Result<Option<T>> {
    let json = queries::one(conn, name).await?;
    let value = json.map(|json| serde_json::from_str(&json)).transpose();
    value.map_err(|error| sqlx::Error::Decode(error.into()))
}

/// Stores a value under a name, whatever was there.
pub async fn store(tx: &mut Tx, name: &str, value: &impl Serialize) -> sqlx::Result<()> {
    let json = serde_json::to_string(value).map_err(|error| sqlx::Error::Encode(error.into()))?;
    queries::put(tx, name, &json).await
}

/// Takes away what is stored under a name. Whether there was something.
pub async fn forget(tx: &mut Tx, name: &str) -> sqlx::Result<bool> {
    queries::delete(tx, name).await
}

impl Default for Settings {
    /// The sample shop.
    fn default() -> Self {
        let method = |kind: &str, price_minor, free_from_minor, days, countries: &[&str]| DeliveryMethod {
            kind: kind.to_owned(),
            price_minor,
            free_from_minor,
            days,
            countries: countries.iter().map(|&code| code.to_owned()).collect(),
            is_enabled: true,
        };
        let point = |id: &str, en: &str, ru: &str, uz: &str| PickupPoint {
            id: id.to_owned(),
            name_en: en.to_owned(),
            name_ru: ru.to_owned(),
            name_uz: uz.to_owned(),
        };
        let carrier = |id: &str, name: &str, link: &str| Carrier {
            id: id.to_owned(),
            name: name.to_owned(),
            link: link.to_owned(),
        };
        let rate = |class: &str| TaxRate { class: class.to_owned(), from: date!(2023 - 01 - 01), rate_bp: 1200 };
        Self {
            currency: Currency::from_code("USD"),
            zone: UtcOffset::from_hms(5, 0, 0).unwrap_or(UtcOffset::UTC),
            tax_rates: vec![rate("disc"), rate("digital")],
            delivery: vec![
                method("standard", 499, Some(5000), (3, 6), &[]),
                method("express", 1290, None, (1, 2), &["UZ", "KZ", "KG", "TJ"]),
                method("pickup", 0, None, (1, 3), &[]),
                method("digital", 0, None, (0, 0), &[]),
            ],
            pickup_points: vec![
                point("tashkent-centre", "Tashkent, city centre", "Ташкент, центр города", "Toshkent, shahar markazi"),
                point(
                    "samarkand-station",
                    "Samarkand, railway station",
                    "Самарканд, вокзал",
                    "Samarqand, temiryoʻl vokzali",
                ),
            ],
            payment: vec![PaymentMethod { kind: "cash".to_owned(), is_enabled: true, delivery_kinds: Vec::new() }],
            carriers: vec![
                carrier("post", "Silk Road Post", "https://post.example/track/{number}"),
                carrier("express", "Caravan Express", "https://caravan.example/parcels?number={number}"),
                carrier("courier", "Marquee courier", ""),
            ],
            guest_checkout: true,
            payment_hold_minutes: 30,
            reviews_by_buyers_only: false,
            seller: Seller {
                name: "Marquee".to_owned(),
                address: ["1 Projection Lane", "100000 Tashkent", "Uzbekistan"].map(str::to_owned).to_vec(),
                tax_number: "000000000".to_owned(),
            },
        }
    }
}

impl Settings {
    /// Reads every row over the defaults. A row that does not fit its type is an error that names it.
    pub async fn load(conn: &mut Conn) -> anyhow::Result<Self> {
        let mut settings = Self::default();
        for (name, value) in queries::all(conn).await? {
            settings.set(&name, &value).map_err(|error| error.context(format!("setting {name}")))?;
        }
        Ok(settings)
    }

    fn set(&mut self, name: &str, json: &str) -> anyhow::Result<()> {
        fn parsed<T: DeserializeOwned>(json: &str) -> anyhow::Result<T> {
            Ok(serde_json::from_str(json)?)
        }
        match name {
            "currency" => self.currency = Currency::from_code(&parsed::<String>(json)?),
            "utc_offset_minutes" => self.zone = UtcOffset::from_whole_seconds(parsed::<i32>(json)? * 60)?,
            "tax_rates" => self.tax_rates = parsed(json)?,
            "delivery" => self.delivery = parsed(json)?,
            "pickup_points" => self.pickup_points = parsed(json)?,
            "payment" => self.payment = parsed(json)?,
            "carriers" => self.carriers = sound(parsed(json)?)?,
            "guest_checkout" => self.guest_checkout = parsed(json)?,
            "seller" => self.seller = parsed(json)?,
            "payment_hold_minutes" => self.payment_hold_minutes = parsed(json)?,
            "reviews_by_buyers_only" => self.reviews_by_buyers_only = parsed(json)?,
            MAINTENANCE => {}
            // A newer release may know more.
            _ => tracing::warn!(name, "unknown setting ignored"),
        }
        Ok(())
    }

    /// The rate of `class` on `day`, in basis points; a class without a rate is untaxed.
    pub fn tax_rate_bp(&self, class: &str, day: Date) -> u32 {
        self.tax_rates
            .iter()
            .filter(|rate| rate.class == class && rate.from <= day)
            .max_by_key(|rate| rate.from)
            .map_or(0, |rate| rate.rate_bp)
    }
}

/// These carriers, unless customers would be led to a place that is no place to follow a parcel.
fn sound(carriers: Vec<Carrier>) -> anyhow::Result<Vec<Carrier>> {
    match carriers.iter().find(|carrier| !carrier.is_sound()) {
        Some(carrier) => anyhow::bail!("the link of {} is no https address with {{number}}", carrier.id),
        None => Ok(carriers),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_rate_in_force_counts() {
        let mut settings = Settings::default();
        settings.set("tax_rates", r#"[{"class":"disc","from":"2020-01-01","rate_bp":1500},{"class":"disc","from":"2026-01-01","rate_bp":1200}]"#).unwrap();
        assert_eq!(settings.tax_rate_bp("disc", date!(2025 - 12 - 31)), 1500);
        assert_eq!(settings.tax_rate_bp("disc", date!(2026 - 01 - 01)), 1200);
        assert_eq!(settings.tax_rate_bp("disc", date!(2019 - 01 - 01)), 0);
        assert_eq!(settings.tax_rate_bp("digital", date!(2026 - 01 - 01)), 0);
        assert!(settings.set("delivery", "{}").is_err());
    }
    #[test]
    fn parcels_are_followed_by_https_with_an_escaped_number() {
        let post = &Settings::default().carriers[0];
        assert_eq!(post.tracking_link("SR 1/2?a=b&+"), "https://post.example/track/SR%201%2F2%3Fa%3Db%26%2B");
        let mut settings = Settings::default();
        for bad in ["http://post.example/{number}", "javascript:{number}", "https://post.example/"] {
            let row = format!(r#"[{{"id":"post","name":"Post","link":"{bad}"}}]"#);
            assert!(settings.set("carriers", &row).is_err(), "{bad}");
        }
        settings.set("carriers", r#"[{"id":"own","name":"Own","link":""}]"#).unwrap();
        assert_eq!(settings.carriers[0].tracking_link("1"), "");
    }
}
