// A visitor becomes a customer, and what a customer writes is seen by others once a moderator has read it: on a phone and
// on a desk, with scripts and without.
import assert from "node:assert/strict";
import { test } from "node:test";
import { cartCount, expectSound, follow, prefixes, visit, withVisitor } from "./support/browser.js";
import { expectNoFindings } from "./support/findings.js";
import { buyByHand, reviewByHand } from "./support/hands.js";
import { customer, enter, moderator, register } from "./support/people.js";
import { addToCart, placeOrder } from "./support/purchase.js";

const stories = [
  { language: "en", width: 375, scripts: true, film: "/films/the-godfather-1972" },
  { language: "ru", width: 1280, scripts: false, film: "/films/the-matrix-1999", byHand: "/films/pulp-fiction-1994" },
  { language: "uz", width: 375, scripts: false, film: "/films/the-dark-knight-2008", byHand: "/films/forrest-gump-1994" },
];

for (const story of stories) {
  const { language, width, scripts } = story;
  const told = `${language}, ${width} px wide, scripts ${scripts ? "on" : "off"}`;
  test(`${told}: a visitor with a cart becomes a customer, orders and thinks better of it`, () =>
    withVisitor(story, async (visitor) => {
      await addToCart(visitor.page, `${visitor.prefix}${story.film}`);
      await becomeCustomer(visitor);
      await orderAndCancel(visitor);
      await leave(visitor);
    }));

  test(`${told}: a review is the author's until a moderator has read it`, async () => {
    const text = `A long evening well spent, told at ${Date.now()}.`;
    await withVisitor(story, (visitor) => write(visitor, story.film, text));
    await withVisitor(story, ({ page, prefix }) => expectReview(page, prefix + story.film, text, false));
    await withVisitor(story, (visitor) => approve(visitor, text));
    await withVisitor(story, ({ page, prefix }) => expectReview(page, prefix + story.film, text, true));
  });

  test(`${told}: a change of a review shows once it is approved, and until then what was approved`, async () => {
    const seen = ({ page, prefix }) => readReviews(page, prefix + story.film);
    const changed = `The second time it was even better, told at ${Date.now()}.`;
    const before = await withVisitor(story, async (visitor) => {
      const text = await rewrite(visitor, changed);
      assert.ok((await seen(visitor)).includes(text), "what was approved stays");
      return text;
    });
    await withVisitor(story, (visitor) => approve(visitor, changed, "edited"));
    await withVisitor(story, async (visitor) => {
      await anotherSecond();
      const reviews = await seen(visitor);
      assert.ok(reviews.includes(changed) && !reviews.includes(before));
    });
  });
}

for (const story of stories.filter(({ byHand }) => byHand)) {
  const { language, width, byHand } = story;
  const visitor = { language, width, byHand };
  test(`${language}, ${width} px wide, no mouse: a visitor with a cart becomes a customer, orders and cancels`, () =>
    withVisitor(visitor, (visitor) => buyByHand(visitor, byHand)));

  test(`${language}, ${width} px wide, no mouse: a review is written, approved, changed and approved again`, () =>
    reviewByHand(visitor));
}

for (const language of Object.keys(prefixes)) {
  test(`${language}: whoever buys again is asked, and whoever leaves is told what went`, () =>
    withVisitor({ language, width: 320 }, async (visitor) => {
      const { page, prefix } = visitor;
      const { password } = await register(page, prefix);
      for (const film of ["/films/the-matrix-1999", "/films/the-godfather-1972"]) await addToCart(page, prefix + film);
      const order = await placeOrder(page, prefix, language);
      assert.equal(await follow(page, () => page.locator('main form[action*="/reorder"] [type="submit"]').click()), 409);
      assert.equal(await page.locator("main li").count(), 2, "each film is named");
      await expectGoodInAnyLight(visitor);
      await visit(page, order);
      await follow(page, () => page.locator('main a[href*="/cancel"]').first().click());
      await follow(page, () => page.locator('main form[action*="/cancel"] [type="submit"]').click());
      await visit(page, `${prefix}/account/delete`);
      await page.locator('main [name="password"]').fill(password);
      assert.equal(await follow(page, () => page.locator('main form:has([name="password"]) [type="submit"]').click()), 200);
      assert.match(page.url(), /\/account\/deleted\?report=/);
      await expectGoodInAnyLight(visitor);
    }));
}

async function expectGoodInAnyLight({ page, language }) {
  await expectSound(page, language);
  for (const [width, colorScheme] of [[320, "light"], [1280, "dark"]]) {
    await page.setViewportSize({ width, height: 900 });
    await page.emulateMedia({ colorScheme });
    await expectNoFindings(page);
  }
}

test("a moderator needs no mouse for a queue, not even to reject for a reason", async () => {
  const films = ["/films/casablanca-1942", "/films/vertigo-1958", "/films/alien-1979"];
  const texts = films.map((film) => `Told of ${film} at ${Date.now()}.`);
  await withVisitor({}, async (visitor) => {
    for (const [index, film] of films.entries()) await write(visitor, film, texts[index]);
  });
  const why = await withVisitor({}, async ({ page, prefix }) => {
    assert.equal(await enter(page, prefix, moderator), 200);
    await visit(page, `${prefix}/admin/reviews`);
    await page.locator("#reason").focus();
    const reason = await page.locator('#reason [value="spoiler"]').innerText();
    await page.keyboard.type(reason);
    await page.keyboard.press("Tab");
    await moveTo(page, texts[1]);
    assert.equal(await follow(page, () => page.keyboard.press("r")), 200);
    for (const text of [texts[0], texts[2]]) {
      await moveTo(page, text);
      assert.equal(await follow(page, () => page.keyboard.press("a")), 200);
    }
    for (const text of texts) assert.equal(await page.locator(".mod", { hasText: text }).count(), 0, "it is decided");
    return reason;
  });
  await withVisitor({}, async ({ page, prefix }) => {
    assert.equal(await enter(page, prefix, customer), 200);
    await visit(page, `${prefix}/account/reviews`);
    const told = await page.locator(".review", { hasText: texts[1] }).innerText();
    assert.ok(told.includes(why), `its author learns why: ${told}`);
    await anotherSecond();
    for (const [index, film] of films.entries()) {
      assert.equal((await readReviews(page, prefix + film)).includes(texts[index]), index !== 1);
    }
  });
});

// moveTo goes from review to review by the key for the next, until the one with this text has the focus.
async function moveTo(page, text) {
  const review = page.locator(".mod", { hasText: text });
  for (let presses = 0; presses < 30; presses += 1) {
    if (await review.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press("j");
  }
  assert.fail(`the focus never came to ${text}`);
}

async function becomeCustomer({ page, prefix, language }) {
  await register(page, prefix);
  assert.match(page.url(), new RegExp(`${prefix}/account$`));
  await expectSound(page, language);
  assert.equal(await cartCount(page), 1, "the cart came along");
}

async function orderAndCancel({ page, prefix, language }) {
  await placeOrder(page, prefix, language);
  assert.equal(await follow(page, () => page.locator('main a[href*="/cancel"]').first().click()), 200);
  await expectSound(page, language);
  assert.equal(await follow(page, () => page.locator('main form[action*="/cancel"] [type="submit"]').click()), 200);
  assert.equal(await page.locator('main a[href*="/cancel"]').count(), 0, "what is cancelled is so once");
}

async function leave({ page, prefix }) {
  await visit(page, `${prefix}/account`);
  assert.equal(await follow(page, () => page.locator('form[action$="/account/logout"] [type="submit"]').click()), 200);
  await visit(page, `${prefix}/account`);
  assert.match(page.url(), new RegExp(`${prefix}/account/login`), "the account is closed to whoever comes after");
}

async function write({ page, prefix, language }, film, text) {
  assert.equal(await enter(page, prefix, customer), 200);
  await visit(page, `${prefix}${film}/reviews/new`);
  await expectSound(page, language);
  await page.locator('[name="rating"][value="4"]').check({ force: true });
  await page.locator('[name="body"]').fill(text);
  assert.equal(await follow(page, () => page.locator('main form:has([name="body"]) [type="submit"]').click()), 200);
  await visit(page, `${prefix}/account/reviews`);
  await expectSound(page, language);
  assert.match(await page.locator("main").innerText(), new RegExp(text), "its author sees it");
}

// rewrite changes the customer's latest review, and gives the words that it had.
async function rewrite({ page, prefix, language }, text) {
  assert.equal(await enter(page, prefix, customer), 200);
  await visit(page, `${prefix}/account/reviews`);
  assert.equal(await follow(page, () => page.locator('main a[href*="/reviews/"][href$="/edit"]').first().click()), 200);
  await expectSound(page, language);
  const body = page.locator('[name="body"]');
  const before = await body.inputValue();
  await body.fill(text);
  assert.equal(await follow(page, () => page.locator('main form:has([name="body"]) [type="submit"]').click()), 200);
  return before;
}

async function approve({ page, prefix, language, scripts }, text, queue = "new") {
  assert.equal(await enter(page, prefix, moderator), 200);
  await visit(page, `${prefix}/admin/reviews?status=${queue}`);
  await expectSound(page, language);
  // Between the words of a change stand those that it takes away; its moment is told once.
  const [moment] = text.match(/\d+/);
  const review = page.locator(".mod", { hasText: moment });
  assert.equal(await review.count(), 1);
  if (scripts) await page.keyboard.press("a");
  else await follow(page, () => review.locator('[formaction$="/approve"]').click());
  await review.waitFor({ state: "detached" });
  await visit(page, `${prefix}/admin/orders`, 403);
}

async function expectReview(page, film, text, isThere) {
  if (isThere) await anotherSecond();
  assert.equal((await readReviews(page, film)).includes(text), isThere);
}

async function readReviews(page, film) {
  await visit(page, `${film}/reviews`);
  return page.locator("main").innerText();
}

// A change is seen by the next visitor, within a second on every node.
const anotherSecond = () => new Promise((resolve) => setTimeout(resolve, 1_000));
