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

// somebodyNew has what a registration wants, and nobody else's address.
export function somebodyNew() {
  const email = `reader-${Date.now()}-${Math.floor(Math.random() * 1e6)}@example.com`;
  return { name: "Malika", email, password: "six rows from the screen" };
}

// register makes somebody new, signs them in, and tells who they are.
export async function register(page, prefix) {
  const somebody = somebodyNew();
  await visit(page, `${prefix}/account/register`);
  for (const [name, value] of Object.entries(somebody)) {
    await page.locator(`main [name="${name}"]`).fill(value);
  }
  assert.equal(await follow(page, () => page.locator('main form:has([name="password"]) [type="submit"]').click()), 200);
  const { email: login, password } = somebody;
  assert.equal(await enter(page, prefix, { door: "/account/login", login, password }), 200);
  return somebody;
}
