// Every kind of page that the shop has: its address, what has to happen once before it is there (which may tell the
// address), and what is done on it each time.
import { visit } from "./browser.js";
import { customer, enter, manager, moderator } from "./people.js";
import { addToCart, fillCheckout, placeOrder, sendCheckout } from "./purchase.js";

export const film = "/films/the-matrix-1999";

const as = (somebody, path) => ({ path, before: (page) => enter(page, "", somebody) });
const withFilm = (page) => addToCart(page, film);

export const pages = {
  home: { path: "/" },
  list: { path: "/films" },
  "filtered list": { path: "/films?format=dvd&genre=drama&sort=title" },
  "empty list": { path: "/films?year_min=1888&year_max=1889" },
  category: { path: "/categories/comedy" },
  search: { path: "/search?q=matrix" },
  "search without hits": { path: "/search?q=zzqqxxzz" },
  film: { path: film },
  "empty cart": { path: "/cart" },
  cart: { path: "/cart", before: withFilm },
  checkout: { path: "/checkout", before: withFilm },
  "checkout with errors": {
    path: "/checkout",
    before: withFilm,
    // The summary of what is wrong has it.
    takesFocus: true,
    each: async (page) => {
      await fillCheckout(page, { email: "nobody" });
      await sendCheckout(page);
    },
  },
  order: {
    before: async (page) => {
      await addToCart(page, film);
      const { pathname, search } = new URL(await placeOrder(page, "", "en"));
      return pathname + search;
    },
  },
  register: { path: "/account/register" },
  "sign in": { path: "/account/login" },
  "forgotten password": { path: "/account/password/forgot" },
  reviews: { path: `${film}/reviews` },
  account: as(customer, "/account"),
  "own orders": as(customer, "/account/orders"),
  wishlist: as(customer, "/account/wishlists"),
  "films for a customer": as(customer, "/account/for-you"),
  "own reviews": as(customer, "/account/reviews"),
  profile: as(customer, "/account/profile"),
  addresses: as(customer, "/account/addresses"),
  "a new address": as(customer, "/account/addresses/new"),
  "choice of mails": as(customer, "/account/preferences"),
  "checkout of a customer": {
    path: "/checkout",
    before: async (page) => {
      await enter(page, "", customer);
      await addToCart(page, film);
    },
  },
  "own data": as(customer, "/account/data"),
  "deletion of the account": as(customer, "/account/delete"),
  "a review": as(customer, `${film}/reviews/new`),
  "staff's door": { path: "/admin/login" },
  dashboard: as(manager, "/admin"),
  "desk of orders": as(manager, "/admin/orders"),
  "desk of stock": as(manager, "/admin/stock"),
  "an edition at its desk": {
    before: async (page) => {
      await enter(page, "", manager);
      await visit(page, "/admin/stock");
      return page.locator('main a[href^="/admin/stock/"]').first().getAttribute("href");
    },
  },
  "desk of reviews": as(moderator, "/admin/reviews"),
  "log of what was done": as(manager, "/admin/audit"),
  "how the shop runs": as(manager, "/admin/system"),
  "slow statements": as(manager, "/admin/system/slow"),
  "find an order": { path: "/orders/track" },
  "not found": { path: "/films/no-such-film", status: 404 },
  "static page": { path: "/pages/terms" },
};

// opener does what a page needs, and gives what opens it in a language.
export async function opener(page, { path, status, before, each }) {
  const told = await before?.(page);
  return async (prefix) => {
    await visit(page, prefix + (path ?? told), status);
    await each?.(page);
  };
}
