// Those whom a shop for trying lets in.
import { follow, visit } from "./browser.js";

export const customer = { door: "/account/login", login: "customer@demo.example", password: "popcorn-in-row-seven" };
export const manager = { door: "/admin/login", login: "manager@demo.example", password: "curtain-up-at-eight" };
export const moderator = { door: "/admin/login", login: "moderator@demo.example", password: "quiet-please-rolling" };

// enter signs somebody in, and gives the status of the page that they come to.
export async function enter(page, prefix, { door, login, password }) {
  await visit(page, prefix + door);
  await page.locator('[name="login"]').fill(login);
  await page.locator('[name="password"]').fill(password);
  return follow(page, () => page.locator('main form:has([name="password"]) [type="submit"]').click());
}
