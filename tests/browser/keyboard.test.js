// What a visitor with a keyboard alone meets.
import assert from "node:assert/strict";
import { test } from "node:test";
import { cartCount, follow, visit, withVisitor } from "./support/browser.js";
import { focused, press, tabTo, write } from "./support/keys.js";
import { film, pages } from "./support/pages.js";
import { addToCart, buyer } from "./support/purchase.js";

for (const scripts of [true, false]) {
  for (const kind of Object.keys(pages)) {
    test(`the skip link is the first stop: ${kind}, scripts ${scripts ? "on" : "off"}`, () =>
      withVisitor({ scripts }, async ({ page, prefix, language }) => {
        await pages[kind](page, prefix, language);
        if (kind === "checkout with errors" && scripts) return; // there the summary has focus instead
        await page.keyboard.press("Tab");
        assert.equal(await focused(page, (element) => element.getAttribute("href")), "#main");
        await page.keyboard.press("Enter");
        await page.keyboard.press("Tab");
        assert.ok(await focused(page, (element) => element.closest("main, footer") !== null), "the header is skipped");
      }));
  }
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
