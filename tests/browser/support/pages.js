// Every kind of page that the shop has, and how a visitor comes to it.
import { visit } from "./browser.js";
import { addToCart, fillCheckout, placeOrder, sendCheckout } from "./purchase.js";

export const film = "/films/the-matrix-1999";

const at = (path, status) => (page, prefix) => visit(page, prefix + path, status);

export const pages = {
  home: at("/"),
  list: at("/films"),
  "filtered list": at("/films?format=dvd&genre=drama&sort=title"),
  "empty list": at("/films?year_min=1888&year_max=1889"),
  category: at("/categories/comedy"),
  search: at("/search?q=matrix"),
  "search without hits": at("/search?q=zzqqxxzz"),
  film: at(film),
  "empty cart": at("/cart"),
  cart: async (page, prefix) => {
    await addToCart(page, prefix + film);
    await visit(page, `${prefix}/cart`);
  },
  checkout: async (page, prefix) => {
    await addToCart(page, prefix + film);
    await visit(page, `${prefix}/checkout`);
  },
  "checkout with errors": async (page, prefix) => {
    await addToCart(page, prefix + film);
    await visit(page, `${prefix}/checkout`);
    await fillCheckout(page, { email: "nobody" });
    await sendCheckout(page);
  },
  order: async (page, prefix, language) => {
    await addToCart(page, prefix + film);
    await placeOrder(page, prefix, language);
  },
  "find an order": at("/orders/track"),
  "not found": at("/films/no-such-film", 404),
  "static page": at("/pages/terms"),
};
