// What a visitor with a keyboard alone meets.
import assert from "node:assert/strict";
import { test } from "node:test";
import { cartCount, follow, visit, withVisitor } from "./support/browser.js";
import { expectSkipLink, focused, press, tabTo, write } from "./support/keys.js";
import { film, opener, pages } from "./support/pages.js";
import { addToCart, buyer } from "./support/purchase.js";

// With scripts, each kind of page is asked for this beside axe.
for (const kind of ["home", "checkout with errors", "dashboard"]) {
  test(`the skip link is the first stop: ${kind}, scripts off`, () =>
    withVisitor({ scripts: false }, async ({ page }) => {
      const open = await opener(page, pages[kind]);
      await open("");
      await expectSkipLink(page);
    }));
}

test("removing a line moves focus to the cart's heading", () =>
  withVisitor({}, async ({ page, prefix }) => {
    await addToCart(page, prefix + film);
    await addToCart(page, `${prefix}/films/the-dark-knight-2008`);
    await visit(page, `${prefix}/cart`);
    await page.locator('[formaction$="/remove"], form[action$="/remove"] [type="submit"]').first().focus();
    await follow(page, () => page.keyboard.press("Enter"));
    assert.equal(await cartCount(page), 1);
    assert.equal(await focused(page, (element) => element.tagName), "H1");
  }));

test("a total that comes late leaves focus where it is", () =>
  withVisitor({}, async ({ page, prefix }) => {
    await addToCart(page, prefix + film);
    await visit(page, `${prefix}/checkout`);
    let answer;
    const late = new Promise((resolve) => (answer = resolve));
    await page.route("**/checkout/totals", async (route) => {
      await late;
      await route.continue();
    });
    const isOver = page.waitForResponse((response) => response.url().endsWith("/checkout/totals"));
    await page.locator('[name="country"]').selectOption(buyer.country);
    const places = (element) => element.matches('[data-totals-summary] [type="submit"]');
    await tabTo(page, places);
    await page.evaluate(() => document.activeElement.setAttribute("data-old", ""));
    answer();
    await isOver;
    await page.locator("[data-totals-summary] [data-old]").waitFor({ state: "detached" });
    assert.ok(await focused(page, places), "the button that is in its place");
  }));

test("a purchase needs no mouse", () =>
  withVisitor({}, async ({ page, prefix }) => {
    await visit(page, prefix + film);
    await press(page, (element) => element.matches('form[action$="/cart/items"] [type="submit"]'));
    assert.equal(await cartCount(page), 1);
    await press(page, (element) => element.matches('header a[href$="/cart"]'));
    await press(page, (element) => element.matches('main a[href$="/checkout"]'));
    await write(page, buyer);
    await tabTo(page, (element) => element.name === "terms");
    await page.keyboard.press("Space");
    await press(page, (element) => element.matches('form:has([name="placement_key"]) [type="submit"]'));
    assert.match(page.url(), /\/orders\/MQ-[A-Z0-9]{8}\?t=/);
  }));
