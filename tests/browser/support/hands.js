// From a visitor's cart to a review that others read, with the keyboard alone, and nothing for axe to find on the way.
import assert from "node:assert/strict";
import { cartCount, expectSound, visit, withVisitor } from "./browser.js";
import { expectNoFindings } from "./findings.js";
import { focused, press, tabTo, write } from "./keys.js";
import { customer, moderator, somebodyNew } from "./people.js";
import { buyer } from "./purchase.js";

const sends = (field) => `(element) => element.matches('main form:has([name="${field}"]) [type="submit"]')`;

export async function buyByHand(visitor, film) {
  const { page, prefix } = visitor;
  await visit(page, prefix + film);
  await press(page, `(element) => element.matches('form[action$="/cart/items"] [type="submit"]')`);
  await expectGood(visitor);
  await becomeCustomer(visitor);
  await orderAndCancel(visitor);
}

export async function reviewByHand(story) {
  const first = `Told by hand alone at ${Date.now()}.`;
  await withVisitor(story, (visitor) => writeReview(visitor, story.byHand, first));
  await withVisitor(story, (visitor) => approve(visitor, first, "new"));
  const changed = `Told anew by hand alone at ${Date.now()}.`;
  await withVisitor(story, async (visitor) => {
    await expectShown(visitor, story.byHand, first);
    await changeReview(visitor, changed);
    await expectShown(visitor, story.byHand, first);
  });
  await withVisitor(story, (visitor) => approve(visitor, changed, "edited"));
  await withVisitor(story, async (visitor) => {
    await expectShown(visitor, story.byHand, changed);
    await expectGood(visitor);
  });
}

async function expectGood({ page, language }) {
  await expectSound(page, language);
  await expectNoFindings(page);
}

async function becomeCustomer(visitor) {
  const { page, prefix } = visitor;
  const somebody = somebodyNew();
  await visit(page, `${prefix}/account/register`);
  await expectGood(visitor);
  await write(page, somebody);
  await press(page, sends("password"));
  await expectGood(visitor);
  await signIn(visitor, { login: somebody.email, password: somebody.password });
  assert.equal(await cartCount(page), 1, "the cart came along");
}

// signIn is at a door already.
async function signIn(visitor, { login, password }) {
  await write(visitor.page, { login, password });
  await press(visitor.page, sends("password"));
}

async function orderAndCancel(visitor) {
  const { page, prefix } = visitor;
  await visit(page, `${prefix}/checkout`);
  await expectGood(visitor);
  await write(page, buyer);
  await tabTo(page, (element) => element.name === "terms");
  await page.keyboard.press("Space");
  await press(page, sends("placement_key"));
  assert.match(page.url(), /\/orders\/MQ-[A-Z0-9]{8}\?t=/);
  await expectGood(visitor);
  await press(page, `(element) => element.matches('main a[href*="/cancel"]')`);
  await expectGood(visitor);
  await press(page, `(element) => element.matches('main form[action*="/cancel"] [type="submit"]')`);
  await expectGood(visitor);
  assert.equal(await page.locator('main a[href*="/cancel"]').count(), 0, "what is cancelled is so once");
}

async function writeReview(visitor, film, text) {
  const { page, prefix } = visitor;
  await visit(page, prefix + customer.door);
  await signIn(visitor, customer);
  await visit(page, `${prefix}${film}/reviews/new`);
  await expectGood(visitor);
  await tabTo(page, (element) => element.name === "rating");
  await page.keyboard.press("Space");
  const stars = () => focused(page, (element) => element.value);
  for (let presses = 0; presses < 5 && (await stars()) !== "4"; presses += 1) await page.keyboard.press("ArrowRight");
  assert.equal(await stars(), "4");
  await write(page, { body: text });
  await press(page, sends("body"));
  await expectGood(visitor);
}

async function changeReview(visitor, text) {
  const { page, prefix } = visitor;
  await visit(page, prefix + customer.door);
  await signIn(visitor, customer);
  await visit(page, `${prefix}/account/reviews`);
  await expectGood(visitor);
  await press(page, `(element) => element.matches('main a[href*="/reviews/"][href$="/edit"]')`);
  await expectGood(visitor);
  await write(page, { body: text });
  await press(page, sends("body"));
}

async function approve(visitor, text, queue) {
  const { page, prefix } = visitor;
  await visit(page, prefix + moderator.door);
  await signIn(visitor, moderator);
  await visit(page, `${prefix}/admin/reviews?status=${queue}`);
  await expectGood(visitor);
  // Between the words of a change stand those that it takes away; its moment is told once.
  const review = page.locator(".mod", { hasText: text.match(/\d+/)[0] });
  for (let presses = 0; presses < 30; presses += 1) {
    if (await review.evaluate((element) => element === document.activeElement)) break;
    await page.keyboard.press("j");
  }
  await page.keyboard.press("a");
  await review.waitFor({ state: "detached" });
}

// A change is seen by the next visitor, within a second on every node.
async function expectShown(visitor, film, text) {
  const { page, prefix } = visitor;
  await new Promise((resolve) => setTimeout(resolve, 1_000));
  await visit(page, `${prefix}${film}/reviews`);
  assert.ok((await page.locator("main").innerText()).includes(text));
}
