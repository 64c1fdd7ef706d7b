//! Words of the layout: header, navigation, footer.

crate::messages! {
    /// Words of the layout.
    pub LayoutMessages {
        shop_name { en: "Marquee", ru: "Marquee", uz: "Marquee" }
    }
}
