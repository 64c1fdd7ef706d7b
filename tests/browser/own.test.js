// What the shop tells one customer: what they looked at last, and what they own.
import assert from "node:assert/strict";
import { test } from "node:test";
import { expectSound, follow, visit, withVisitor } from "./support/browser.js";
import { register } from "./support/people.js";
import { addToCart, placeOrder } from "./support/purchase.js";

const films = ["/films/the-matrix-1999", "/films/the-godfather-1972"];

// look opens a film's page and waits until its script has told that.
async function look(page, path) {
  const [told] = await Promise.all([page.waitForResponse((response) => response.url().endsWith("/recent")), visit(page, path)]);
  assert.equal(told.status(), 204, path);
}

async function recent(page, path) {
  await visit(page, path);
  return page.locator('[aria-labelledby="recent"] h3 a').evaluateAll((links) => links.map((link) => new URL(link.href).pathname));
}

for (const [language, width] of [["en", 375], ["ru", 1280]]) {
  test(`${language}, ${width} px wide: what was looked at stands below the cart until it is forgotten`, () =>
    withVisitor({ language, width }, async ({ page, prefix }) => {
      for (const film of films) await look(page, prefix + film);
      assert.deepEqual(await recent(page, `${prefix}/cart`), films.map((film) => prefix + film).reverse());
      await expectSound(page, language);
      await follow(page, () => page.locator('form[action$="/recent"] [type="submit"]').click());
      assert.equal(await page.locator("#recent").count(), 0);
    }));
}

test("what a guest looked at comes along to the account", () =>
  withVisitor({}, async ({ page, prefix }) => {
    await look(page, films[0]);
    await register(page, prefix);
    await look(page, films[1]);
    assert.deepEqual((await recent(page, "/account")).slice(0, 2), [films[1], films[0]]);
    await expectSound(page, "en");
  }));

test("without scripts nothing is remembered, and nothing is missing", () =>
  withVisitor({ scripts: false }, async ({ page }) => {
    await visit(page, films[0]);
    assert.deepEqual(await recent(page, "/cart"), []);
  }));

for (const scripts of [true, false]) {
  test(`scripts ${scripts ? "on" : "off"}: whoever owns an edition is asked before it goes into the cart again`, () =>
    withVisitor({ scripts, width: 375 }, async ({ page, prefix, language }) => {
      await register(page, prefix);
      await expectSound(page, language);
      await addToCart(page, films[0]);
      await placeOrder(page, prefix, language);
      await visit(page, films[0]);
      assert.equal(await page.locator(".product .notice--good").count(), 1, "the film's page says it");
      await expectSound(page, language);
      assert.equal(await follow(page, () => page.locator("form.buy [type=submit]").click()), 409);
      await expectSound(page, language);
      assert.equal(await follow(page, () => page.locator('[name="again"]').click()), 200);
      assert.match(page.url(), /\/cart$/);
      await expectSound(page, language);
    }));
}
