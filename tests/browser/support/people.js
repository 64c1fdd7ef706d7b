// Those whom a shop for trying lets in.
import assert from "node:assert/strict";
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

// register makes somebody new, and signs them in.
export async function register(page, prefix) {
  const login = `reader-${Date.now()}-${Math.floor(Math.random() * 1e6)}@example.com`;
  const password = "six rows from the screen";
  await visit(page, `${prefix}/account/register`);
  for (const [name, value] of Object.entries({ email: login, name: "Malika", password })) {
    await page.locator(`main [name="${name}"]`).fill(value);
  }
  assert.equal(await follow(page, () => page.locator('main form:has([name="password"]) [type="submit"]').click()), 200);
  assert.equal(await enter(page, prefix, { door: "/account/login", login, password }), 200);
}
