//! Every constraint of the schema, and changes of a valid row that break it.

use marquee::{
    catalog::{Format, ProductStatus, StockReason},
    messages::{Channel, MessageStatus},
    orders::{OrderStatus, PaymentStatus, PaymentType},
    platform::{
        i18n::Lang,
        queue::{JobState, Queue},
    },
    pricing::DeliveryType,
    recommendations::Likeness,
    reviews::{Reason, ReviewStatus},
};

/// The words of a type.
macro_rules! words_of {
    ($type:ty) => {
        <$type>::ALL.iter().map(|value| value.word()).collect::<Vec<_>>()
    };
}

/// Unique keys beside the primary ones.
pub const UNIQUE: &[&str] = &[
    "addresses_one_default",
    "cart_items_cart_edition",
    "carts_client",
    "carts_token_hash",
    "categories_slug",
    "clients_email",
    "clients_phone",
    "clients_public_id",
    "editions_barcode",
    "editions_sku",
    "genres_slug",
    "invoices_number",
    "invoices_order_id",
    "jobs_queue_dedup",
    "kept_messages_dedupe_key",
    "messages_dedupe_key",
    "orders_number",
    "orders_placement_key",
    "people_slug",
    "products_slug",
    "review_reports_review_client",
    "review_votes_review_client",
    "reviews_product_client",
    "slug_history_kind_slug",
    "stock_alerts_edition_email",
    "stock_movements_once",
    "studios_name",
    "studios_slug",
];

/// What becomes of a row when the row that it points to is deleted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum OnDelete {
    Cascade,
    Restrict,
    SetNull,
}

use OnDelete::*;

/// Foreign keys: name, child column, parent table, and what a deletion of the parent does.
pub const FOREIGN: &[(&str, &str, &str, OnDelete)] = &[
    ("addresses_client", "client_id", "clients", Cascade),
    ("cart_items_cart", "cart_id", "carts", Cascade),
    ("cart_items_edition", "edition_id", "editions", Cascade),
    ("carts_client", "client_id", "clients", Restrict),
    ("categories_parent", "parent_id", "categories", Restrict),
    ("editions_product", "product_id", "products", Cascade),
    ("invoices_order", "order_id", "orders", Restrict),
    ("messages_order", "order_id", "orders", Restrict),
    ("order_events_order", "order_id", "orders", Restrict),
    ("order_lines_edition", "edition_id", "editions", SetNull),
    ("order_lines_order", "order_id", "orders", Restrict),
    ("order_lines_product", "product_id", "products", SetNull),
    ("orders_client", "client_id", "clients", SetNull),
    ("price_history_edition", "edition_id", "editions", Cascade),
    ("product_audio_product", "product_id", "products", Cascade),
    ("product_categories_category", "category_id", "categories", Cascade),
    ("product_categories_product", "product_id", "products", Cascade),
    ("product_genres_genre", "genre_id", "genres", Cascade),
    ("product_genres_product", "product_id", "products", Cascade),
    ("product_people_person", "person_id", "people", Cascade),
    ("product_people_product", "product_id", "products", Cascade),
    ("product_related_other", "other_id", "products", Cascade),
    ("product_related_product", "product_id", "products", Cascade),
    ("product_subtitles_product", "product_id", "products", Cascade),
    ("products_category", "category_id", "categories", Restrict),
    ("products_studio", "studio_id", "studios", Restrict),
    ("products_successor", "successor_id", "products", Restrict),
    ("review_reports_client", "client_id", "clients", Cascade),
    ("review_reports_review", "review_id", "reviews", Cascade),
    ("review_votes_client", "client_id", "clients", Cascade),
    ("review_votes_review", "review_id", "reviews", Cascade),
    ("reviews_client", "client_id", "clients", Restrict),
    ("reviews_product", "product_id", "products", Restrict),
    ("stock_alerts_edition", "edition_id", "editions", Cascade),
    ("stock_movements_edition", "edition_id", "editions", Cascade),
    ("stock_movements_order_line", "order_line_id", "order_lines", Restrict),
];

/// Changes that a CHECK refuses.
pub const CHECKS: &[(&str, &[&str])] = &[
    ("addresses_country", &["country = 'uz'", "country = 'U1'"]),
    ("cart_items_quantity", &["quantity = 0", "quantity = 100"]),
    ("cart_items_seen_price", &["seen_price_minor = -1"]),
    ("categories_titled", &["title_en = NULL", "title_en = ''"]),
    ("clients_email_or_anonymized", &["email = NULL"]),
    ("clients_phone_e164", &["phone = '998901234567'", "phone = '+0901234567'", "phone = '+12345'"]),
    ("editions_cost", &["cost_minor = -1"]),
    ("editions_discs", &["discs = 0"]),
    ("editions_low_stock_at", &["low_stock_at = -1"]),
    ("editions_max_per_order", &["max_per_order = 0", "max_per_order = 100"]),
    ("editions_price_positive", &["price_minor = 0", "price_minor = -1"]),
    ("editions_sale_price", &["sale_price_minor = 0", "sale_price_minor = price_minor"]),
    ("editions_sale_window", &["sale_from = '2026-01-02', sale_to = '2026-01-02'"]),
    ("editions_sku_filled", &["sku = ''"]),
    ("invoices_number_positive", &["number = 0"]),
    ("editions_stock_not_negative", &["stock = -1"]),
    ("genres_titled", &["title_en = NULL", "title_en = ''"]),
    ("jobs_lease", &["lease = 1", "state = 'leased'"]),
    ("jobs_max_attempts", &["max_attempts = 0"]),
    ("messages_sent", &["status = 'sent'"]),
    ("order_lines_discount", &["discount_minor = -1, total_minor = 2001"]),
    ("order_lines_quantity", &["quantity = 0, total_minor = 0, tax_minor = 0"]),
    ("order_lines_refunded", &["quantity_refunded = 3"]),
    ("order_lines_returned", &["quantity_returned = 3"]),
    ("order_lines_shipped", &["quantity_shipped = 3"]),
    ("order_lines_tax", &["tax_minor = -1", "tax_minor = 2001"]),
    ("order_lines_total", &["total_minor = 2001", "total_minor = 1999"]),
    ("orders_delivery", &["delivery_minor = -1, total_minor = 1999"]),
    ("orders_discount", &["discount_minor = -1, total_minor = 2501", "discount_minor = 2001, total_minor = 499"]),
    ("orders_refunded", &["refunded_minor = -1", "refunded_minor = 1"]),
    ("orders_tax", &["tax_minor = -1", "tax_minor = 2501"]),
    ("orders_total", &["total_minor = 2499"]),
    ("people_named", &["name = ''"]),
    ("price_history_price", &["price_minor = 0"]),
    ("price_history_sale_price", &["sale_price_minor = 0", "sale_price_minor = price_minor"]),
    ("product_audio_language", &["language = 'EN'", "language = 'e'", "language = 'engl'"]),
    ("product_subtitles_language", &["language = 'EN'", "language = 'e'", "language = 'engl'"]),
    ("products_price_max", &["price_min_minor = 2, price_max_minor = 1"]),
    ("products_price_min", &["price_min_minor = -1"]),
    ("products_published", &["publish_at = '2026-01-02', unpublish_at = '2026-01-02'"]),
    ("products_rating", &["rating_avg = 0.99", "rating_avg = 5.01"]),
    ("products_runtime", &["runtime_min = 0", "runtime_min = 1001"]),
    ("products_stock_total", &["stock_total = -1"]),
    ("products_titled", &["title_en = NULL", "title_en = ''"]),
    ("products_year", &["year = 1887", "year = 2101"]),
    ("reviews_pending_rating", &["pending_rating = 0", "pending_rating = 6"]),
    ("reviews_rating", &["rating = 0", "rating = 6"]),
    ("stock_alerts_confirmed_first", &["notified_at = '2026-01-02'"]),
    ("stock_alerts_email_filled", &["email = ''"]),
    ("stock_movements_balance", &["balance_after = -1"]),
    ("stock_movements_delta", &["delta = 0"]),
    ("studios_named", &["name = ''"]),
];

/// CHECKs that cannot be broken alone: which of them the server names is its own choice.
pub const OVERLAPPING: &[(&str, &str)] = &[
    ("order_lines_unit_price", "unit_price_minor = -1, discount_minor = -2, total_minor = 0, tax_minor = 0"),
    ("orders_paid", "paid_minor = -1"),
    ("orders_subtotal", "subtotal_minor = -1, delivery_minor = 2501"),
];

/// CHECKs that hold the words of an enumeration, with the words that the program knows.
pub fn words() -> Vec<(&'static str, Vec<&'static str>)> {
    let formats = words_of!(Format);
    let languages: Vec<_> = Lang::ALL.iter().map(|lang| lang.code()).collect();
    vec![
        ("clients_client_type", vec!["regular", "premium", "vip"]),
        ("clients_gender", vec!["male", "female", "other"]),
        ("clients_language", languages.clone()),
        ("editions_format", formats.clone()),
        ("editions_tax_class", vec!["disc", "digital"]),
        ("jobs_queue", words_of!(Queue)),
        ("jobs_state", words_of!(JobState)),
        ("kept_messages_channel", words_of!(Channel)),
        ("messages_channel", words_of!(Channel)),
        ("messages_language", languages.clone()),
        ("messages_status", words_of!(MessageStatus)),
        ("order_lines_format", formats),
        ("orders_delivery_type", words_of!(DeliveryType)),
        ("orders_language", languages.clone()),
        ("orders_payment_status", words_of!(PaymentStatus)),
        ("orders_payment_type", words_of!(PaymentType)),
        ("orders_status", words_of!(OrderStatus)),
        ("product_people_role", vec!["director", "cast"]),
        ("products_status", words_of!(ProductStatus)),
        ("recommendations_reason", words_of!(Likeness)),
        ("review_reports_reason", words_of!(Reason)),
        ("reviews_status", words_of!(ReviewStatus)),
        ("slug_history_kind", vec!["product", "category", "studio", "person"]),
        ("stock_alerts_language", languages),
        ("stock_movements_reason", words_of!(StockReason)),
    ]
}

/// Indexes that staff lists, jobs and pages rely on.
pub const INDEXES: &[(&str, &[&str])] = &[
    ("addresses", &["client_id,default_flag"]),
    ("cache_invalidations", &["created_at"]),
    ("cart_items", &["cart_id,edition_id"]),
    ("carts", &["expires_at"]),
    ("categories", &["parent_id,position", "path"]),
    ("clients", &["created_at", "name,surname", "client_type", "phone", "email"]),
    ("editions", &["product_id,position", "stock", "is_active,price_minor"]),
    ("jobs", &["queue,dedup_key", "queue,state,run_at,id"]),
    ("messages", &["order_id", "status,created_at"]),
    ("order_events", &["order_id,id"]),
    ("order_lines", &["product_id,order_id", "edition_id"]),
    (
        "orders",
        &[
            "status,placed_at",
            "client_id,status",
            "email,placed_at",
            "phone",
            "payment_type",
            "delivery_date",
            "payment_status,expires_at",
        ],
    ),
    ("people", &["search_name"]),
    ("price_history", &["edition_id,at"]),
    ("product_audio", &["language,product_id"]),
    ("product_categories", &["category_id,product_id"]),
    ("product_genres", &["genre_id,product_id"]),
    ("product_people", &["person_id,role,product_id"]),
    ("product_related", &["other_id,kind,product_id"]),
    ("product_subtitles", &["language,product_id"]),
    (
        "products",
        &[
            "status,category_id,price_min_minor",
            "status,studio_id,price_min_minor",
            "status,price_min_minor",
            "status,stock_total",
            "status,created_at",
            "status,sold_count",
            "status,rating_avg",
            "status,title_sort",
            "is_featured",
            "title_en",
            "title_ru",
            "title_uz",
        ],
    ),
    (
        "reviews",
        &[
            "product_id,status,rating",
            "client_id,created_at",
            "status,created_at",
            "product_id,status,helpful_up",
            "product_id,status,created_at",
            "product_id,status,helpful_score",
            "queue,queued_at",
        ],
    ),
    ("stock_alerts", &["email,requested_at", "edition_id,notified_at,requested_at", "requested_at"]),
    ("stock_movements", &["edition_id,id"]),
];
