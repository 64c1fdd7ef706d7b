//! A valid row of every table, and which columns may be empty.

/// Tables in an order in which they can be filled. `{n}` is the number of the row, `{fk}` a row of another table that
/// exists: the one with the same number among the first two, row 1 for all further ones.
pub const ROWS: &[(&str, &[(&str, &str)])] = &[
    (
        "clients",
        &[
            ("public_id", "LPAD('{n}', 26, '0')"),
            ("email", "'c{n}@shop.test'"),
            ("phone", "'+99890123456{n}'"),
            ("name", "'Ada'"),
            ("surname", "'Lovelace'"),
            ("gender", "'female'"),
            ("language", "'en'"),
        ],
    ),
    (
        "addresses",
        &[
            ("client_id", "{fk}"),
            ("name", "'Ada'"),
            ("phone", "'+998901234567'"),
            ("country", "'UZ'"),
            ("city", "'Tashkent'"),
            ("line1", "'Navoi 1'"),
            ("is_default", "TRUE"),
        ],
    ),
    ("genres", &[("slug", "'g{n}'"), ("title_en", "'Drama'")]),
    ("people", &[("slug", "'p{n}'"), ("name", "'Kira Muratova'"), ("search_name", "'kira muratova'")]),
    ("categories", &[("slug", "'c{n}'"), ("title_en", "'Drama'"), ("parent_id", "CASE WHEN {n} = 2 THEN 1 END")]),
    ("studios", &[("slug", "'s{n}'"), ("name", "'Studio {n}'")]),
    (
        "products",
        &[
            ("slug", "'f{n}'"),
            ("title_en", "'Film'"),
            ("year", "1971"),
            ("search_text", "''"),
            ("studio_id", "{fk}"),
            ("category_id", "{fk}"),
            ("successor_id", "CASE WHEN {n} = 2 THEN 1 END"),
        ],
    ),
    ("product_categories", &[("product_id", "{fk}"), ("category_id", "{fk}")]),
    ("product_genres", &[("product_id", "{fk}"), ("genre_id", "{fk}")]),
    ("product_people", &[("product_id", "{fk}"), ("role", "'cast'"), ("person_id", "{fk}")]),
    ("product_audio", &[("product_id", "{fk}"), ("language", "'en'")]),
    ("product_subtitles", &[("product_id", "{fk}"), ("language", "'en'")]),
    ("product_related", &[("product_id", "{fk}"), ("kind", "'one_way'"), ("other_id", "{fk}")]),
    (
        "recommendations",
        &[("product_id", "{n}"), ("kind", "'similar'"), ("other_id", "{n}"), ("score", "8"), ("reason", "'decade'")],
    ),
    (
        "editions",
        &[
            ("product_id", "{fk}"),
            ("sku", "'SKU-{n}'"),
            ("barcode", "'{n}'"),
            ("format", "'dvd'"),
            ("price_minor", "1999"),
            ("tax_class", "'disc'"),
        ],
    ),
    ("price_history", &[("edition_id", "{fk}"), ("price_minor", "1999"), ("actor", "'test'")]),
    ("slug_history", &[("kind", "'product'"), ("slug", "'old{n}'")]),
    (
        "carts",
        &[
            ("token_hash", "LPAD('{n}', 64, '0')"),
            ("client_id", "CASE WHEN {n} <= 2 THEN {n} END"),
            ("expires_at", "'2030-01-01'"),
        ],
    ),
    ("cart_items", &[("cart_id", "{fk}"), ("edition_id", "{fk}"), ("quantity", "1"), ("seen_price_minor", "1999")]),
    (
        "orders",
        &[
            ("number", "LPAD('{n}', 11, '0')"),
            ("placement_key", "LPAD('{n}', 36, '0')"),
            ("cart_hash", "REPEAT('0', 64)"),
            ("client_id", "{fk}"),
            ("email", "'a@shop.test'"),
            ("phone", "'+998901234567'"),
            ("name", "'Ada'"),
            ("surname", "'Lovelace'"),
            ("language", "'en'"),
            ("payment_type", "'cash'"),
            ("delivery_type", "'standard'"),
            ("delivery_name", "'Courier'"),
            ("currency", "'USD'"),
            ("subtotal_minor", "2000"),
            ("delivery_minor", "500"),
            ("tax_minor", "200"),
            ("total_minor", "2500"),
            ("price_trail", "'[]'"),
            ("terms_version", "'1'"),
            ("terms_accepted_at", "'2026-01-01'"),
            ("placed_at", "'2026-01-01'"),
        ],
    ),
    (
        "order_lines",
        &[
            ("order_id", "{fk}"),
            ("edition_id", "{fk}"),
            ("product_id", "{fk}"),
            ("sku", "'SKU'"),
            ("title", "'Film'"),
            ("format", "'dvd'"),
            ("image", "''"),
            ("quantity", "2"),
            ("unit_price_minor", "1000"),
            ("tax_minor", "200"),
            ("tax_rate_bp", "1200"),
            ("total_minor", "2000"),
        ],
    ),
    ("order_events", &[("order_id", "{fk}"), ("kind", "'placed'"), ("actor", "'test'"), ("is_public", "TRUE")]),
    (
        "stock_movements",
        &[
            ("edition_id", "{fk}"),
            ("delta", "-1"),
            ("reason", "'sale'"),
            ("order_line_id", "CASE WHEN {n} <= 2 THEN {n} END"),
            ("actor", "'test'"),
            ("balance_after", "9"),
        ],
    ),
    (
        "stock_alerts",
        &[
            ("edition_id", "{fk}"),
            ("email", "'a{n}@shop.test'"),
            ("language", "'en'"),
            ("requested_at", "'2026-01-01'"),
        ],
    ),
    ("reviews", &[("product_id", "{fk}"), ("client_id", "{fk}"), ("rating", "5"), ("body", "'Good'")]),
    ("settings", &[("name", "'setting{n}'"), ("value", "'1'")]),
    ("cache_invalidations", &[("tag", "'film:1'")]),
    (
        "jobs",
        &[
            ("queue", "'default'"),
            ("kind", "'note'"),
            ("payload", "'{}'"),
            ("dedup_key", "'key{n}'"),
            ("max_attempts", "3"),
        ],
    ),
    (
        "messages",
        &[
            ("dedupe_key", "'key{n}'"),
            ("channel", "'email'"),
            ("template", "'note'"),
            ("to", "'a@shop.test'"),
            ("language", "'en'"),
            ("order_id", "{fk}"),
            ("payload", "'{}'"),
        ],
    ),
    (
        "kept_messages",
        &[
            ("dedupe_key", "'key{n}'"),
            ("channel", "'email'"),
            ("to", "'a@shop.test'"),
            ("subject", "'Hello'"),
            ("headers", "''"),
            ("text", "''"),
            ("html", "''"),
        ],
    ),
    ("data_migrations", &[("name", "'change{n}'")]),
    ("schedules", &[("name", "'job{n}'"), ("next_at", "'2030-01-01'")]),
];

/// Columns that may be empty; every other one may not.
pub const NULLABLE: &[(&str, &[&str])] = &[
    (
        "clients",
        &[
            "email",
            "phone",
            "gender",
            "birth_date",
            "password_hash",
            "email_verified_at",
            "marketing_consent_at",
            "anonymized_at",
        ],
    ),
    ("genres", &["title_uz", "title_ru", "title_en"]),
    ("recommendations", &["subject_id"]),
    ("categories", &["parent_id", "title_uz", "title_ru", "title_en"]),
    ("studios", &["description_uz", "description_ru", "description_en", "logo"]),
    (
        "products",
        &[
            "title_uz",
            "title_ru",
            "title_en",
            "original_title",
            "description_uz",
            "description_ru",
            "description_en",
            "runtime_min",
            "age_rating",
            "country",
            "studio_id",
            "category_id",
            "publish_at",
            "unpublish_at",
            "successor_id",
            "price_min_minor",
            "price_max_minor",
            "rating_avg",
            "card_director",
            "card_genre",
            "card_editions",
        ],
    ),
    (
        "editions",
        &["barcode", "region_code", "discs", "sale_price_minor", "sale_from", "sale_to", "cost_minor", "release_date"],
    ),
    ("price_history", &["sale_price_minor"]),
    ("slug_history", &["target_id"]),
    ("carts", &["client_id", "contact", "delivery", "payment"]),
    (
        "orders",
        &[
            "client_id",
            "promo_code",
            "ship_country",
            "ship_region",
            "ship_city",
            "ship_line1",
            "ship_line2",
            "ship_postcode",
            "bill_country",
            "bill_region",
            "bill_city",
            "bill_line1",
            "bill_line2",
            "bill_postcode",
            "delivery_date",
            "delivery_date_to",
            "expires_at",
            "claimed_by",
        ],
    ),
    ("order_lines", &["edition_id", "product_id"]),
    ("data_migrations", &["finished_at"]),
    ("jobs", &["dedup_key", "lease", "worker", "last_error"]),
    ("messages", &["order_id", "sent_at", "last_error"]),
    ("order_events", &["from_status", "to_status", "data"]),
    ("stock_movements", &["order_line_id"]),
    ("stock_alerts", &["confirmed_at", "notified_at"]),
    (
        "reviews",
        &["client_id", "pending_rating", "pending_title", "pending_body", "moderated_by", "moderated_at", "reply"],
    ),
];

/// An INSERT of row `n`, with these columns set otherwise.
pub fn insert(table: &str, n: u64, overrides: &[(&str, String)]) -> String {
    let (_, columns) = ROWS.iter().find(|(name, _)| *name == table).unwrap();
    let fk = if n <= 2 { n } else { 1 };
    let written = |value: &str| value.replace("{n}", &n.to_string()).replace("{fk}", &fk.to_string());
    let mut row: Vec<(&str, String)> = columns.iter().map(|(column, value)| (*column, written(value))).collect();
    for (column, value) in overrides {
        row.retain(|(name, _)| name != column);
        row.push((column, value.clone()));
    }
    let (names, values): (Vec<_>, Vec<_>) = row.into_iter().unzip();
    format!("INSERT INTO {table} (`{}`) VALUES ({})", names.join("`, `"), values.join(", "))
}
