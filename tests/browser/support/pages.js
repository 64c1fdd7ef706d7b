// Every kind of page that the shop has, and how a visitor comes to it.
import { visit } from "./browser.js";
import { customer, enter, manager, moderator } from "./people.js";
import { addToCart, fillCheckout, placeOrder, sendCheckout } from "./purchase.js";

export const film = "/films/the-matrix-1999";

const at = (path, status) => (page, prefix) => visit(page, prefix + path, status);

const as = (somebody, path) => async (page, prefix) => {
  await enter(page, prefix, somebody);
  await visit(page, prefix + path);
};

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
  register: at("/account/register"),
  "sign in": at("/account/login"),
  "forgotten password": at("/account/password/forgot"),
  reviews: at(`${film}/reviews`),
  account: as(customer, "/account"),
  "own orders": as(customer, "/account/orders"),
  wishlist: as(customer, "/account/wishlists"),
  "films for a customer": as(customer, "/account/for-you"),
  "own reviews": as(customer, "/account/reviews"),
  profile: as(customer, "/account/profile"),
  addresses: as(customer, "/account/addresses"),
  "a new address": as(customer, "/account/addresses/new"),
  "choice of mails": as(customer, "/account/preferences"),
  "checkout of a customer": async (page, prefix) => {
    await enter(page, prefix, customer);
    await addToCart(page, prefix + film);
    await visit(page, `${prefix}/checkout`);
  },
  "own data": as(customer, "/account/data"),
  "deletion of the account": as(customer, "/account/delete"),
  "a review": as(customer, `${film}/reviews/new`),
  "staff's door": at("/admin/login"),
  dashboard: as(manager, "/admin"),
  "desk of orders": as(manager, "/admin/orders"),
  "desk of stock": as(manager, "/admin/stock"),
  "desk of reviews": as(moderator, "/admin/reviews"),
  "log of what was done": as(manager, "/admin/audit"),
  "find an order": at("/orders/track"),
  "not found": at("/films/no-such-film", 404),
  "static page": at("/pages/terms"),
};
