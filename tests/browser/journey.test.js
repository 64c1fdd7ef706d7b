// A purchase from the home page to the order's page: in each language, on a phone and on a desk,
// with scripts and without.
import assert from "node:assert/strict";
import { test } from "node:test";
import { cartCount, expectSound, follow, prefixes, visit, withVisitor } from "./support/browser.js";
import { addToCart, fillCheckout, placeOrder, sendCheckout } from "./support/purchase.js";

const stories = Object.keys(prefixes).flatMap((language) =>
  [375, 1280].flatMap((width) => [true, false].map((scripts) => ({ language, width, scripts }))),
);

for (const story of stories) {
  const { language, width, scripts } = story;
  test(`${language}, ${width} px wide, scripts ${scripts ? "on" : "off"}: from the home page to an order`, () =>
    withVisitor(story, async (visitor) => {
      await browse(visitor);
      await filter(visitor);
      await search(visitor);
      await fillCart(visitor);
      await mendCheckout(visitor);
      await seeOrder(visitor);
    }));
}

async function browse({ page, prefix, language }) {
  await visit(page, `${prefix}/`);
  await expectSound(page, language);
  assert.equal(await follow(page, () => page.locator(`main a[href^="${prefix}/films/"]`).first().click()), 200);
  await expectSound(page, language);
}

// The count beside a choice is the number of films that choosing it leaves; going back releases it.
async function filter({ page, prefix, language, width, scripts }) {
  const box = page.locator('input[name="format"][value="dvd"]');
  await visit(page, `${prefix}/films`);
  await expectSound(page, language);
  const form = page.locator("form", { has: box });
  const isSheet = !(await box.isVisible());
  if (isSheet) await page.locator(`[popovertarget="${await form.getAttribute("id")}"]:visible`).first().click();
  const promised = numberIn(await page.locator("label", { has: box }).locator("span").nth(1).innerText());
  assert.ok(promised > 0, "a count stands beside the choice");
  await box.check();
  if (isSheet || !scripts) await form.locator('[type="submit"]').first().click();
  await page.waitForURL(/[?&]format=dvd/);
  await page.locator("main .chip").first().waitFor();
  await expectSound(page, language);
  assert.equal(numberIn(await page.locator('main [role="status"]').first().innerText()), promised);
  assert.ok(await box.isChecked(), "the choice stays chosen");
  await page.goBack();
  await page.locator("main .chip").first().waitFor({ state: "detached" });
  assert.ok(!(await box.isChecked()), "going back releases the choice");
}

const numberIn = (text) => Number(text.replace(/\D/g, ""));

async function search({ page, prefix, language }) {
  await page.locator('form[role="search"] [name="q"]').fill("matrix");
  assert.equal(await follow(page, () => page.locator('form[role="search"] [name="q"]').press("Enter")), 200);
  assert.match(page.url(), new RegExp(`${prefix}/search\\?q=matrix`));
  await expectSound(page, language);
  const hit = page.locator(`main a[href^="${prefix}/films/the-matrix-1999"]`).first();
  assert.equal(await follow(page, () => hit.click()), 200);
  await expectSound(page, language);
}

async function fillCart({ page, prefix, language }) {
  await addToCart(page, page.url());
  await addToCart(page, `${prefix}/films/the-dark-knight-2008`);
  await visit(page, `${prefix}/cart`);
  await expectSound(page, language);
  const quantity = page.locator('form[action*="/cart/items/"] [name="quantity"]').first();
  await follow(page, async () => {
    await quantity.selectOption("2");
    const update = quantity.locator("xpath=ancestor::form").locator("[data-nojs]");
    if (await update.isVisible()) await update.click();
  });
  assert.equal(await cartCount(page), 3);
  await follow(page, () => page.locator('[formaction$="/remove"], form[action$="/remove"] [type="submit"]').last().click());
  assert.equal(await cartCount(page), 2);
  await expectSound(page, language);
}

async function mendCheckout({ page, prefix, language, scripts }) {
  assert.equal(await follow(page, () => page.locator(`main a[href="${prefix}/checkout"]`).first().click()), 200);
  await expectSound(page, language);
  await fillCheckout(page, { email: "reader.example.com", name: "Malika" });
  assert.equal(await sendCheckout(page), 422);
  await expectSound(page, language);
  const link = page.locator('.error-summary a[href="#email"]');
  assert.equal(await link.count(), 1, "the summary leads to the field");
  const field = page.locator("#email");
  assert.equal(await field.getAttribute("aria-invalid"), "true");
  assert.equal(await field.inputValue(), "reader.example.com", "what was written stays");
  assert.equal(await page.locator('[name="name"]').inputValue(), "Malika");
  if (scripts) assert.ok(await page.evaluate(() => document.activeElement.matches(".error-summary")), "the summary has focus");
}

async function seeOrder({ page, prefix, language }) {
  const address = await placeOrder(page, prefix, language);
  assert.equal(await cartCount(page), 0, "the cart is empty");
  assert.match(await page.locator("main").innerText(), /MQ-[A-Z0-9]{8}/);
  await visit(page, address);
  await visit(page, address.replace(/\?t=.*/, ""), 404);
}
