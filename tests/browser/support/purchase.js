// The steps of a purchase, as a visitor does them.
import assert from "node:assert/strict";
import { cartCount, expectSound, follow, visit } from "./browser.js";

export const buyer = {
  email: "reader@example.com",
  phone: "+998901234567",
  name: "Malika",
  surname: "Yusupova",
  country: "UZ",
  city: "Toshkent",
  line1: "Amir Temur 1",
  postcode: "100000",
};

export async function addToCart(page, path) {
  await visit(page, path);
  const before = await cartCount(page);
  const status = await follow(page, () => page.locator('form[action$="/cart/items"] [type="submit"]').first().click());
  assert.equal(status, 200);
  assert.equal(await cartCount(page), before + 1, "the header counts the new unit");
}

export async function fillCheckout(page, values = buyer) {
  for (const [name, value] of Object.entries(values)) {
    const field = page.locator(`[name="${name}"]`);
    if ((await field.evaluate((element) => element.tagName)) === "SELECT") await field.selectOption(value);
    else await field.fill(value);
  }
  await page.locator('[name="terms"]').check();
}

export function sendCheckout(page) {
  return follow(page, () => page.locator('form:has([name="placement_key"]) [type="submit"]').last().click());
}

// placeOrder goes from a filled cart to the order's page, and gives its address.
export async function placeOrder(page, prefix, language) {
  await visit(page, `${prefix}/checkout`);
  await fillCheckout(page);
  assert.equal(await sendCheckout(page), 200);
  assert.match(page.url(), new RegExp(`${prefix}/orders/MQ-[A-Z0-9]{8}\\?t=`));
  await expectSound(page, language);
  return page.url();
}
