// One Chromium for a test file, and visits that notice everything that goes wrong on the way.
import assert from "node:assert/strict";
import { after } from "node:test";
import { chromium } from "playwright-core";

export const shop = process.env.MARQUEE_URL ?? "http://127.0.0.1:8000";
export const prefixes = { en: "", ru: "/ru", uz: "/uz" };

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium" });
after(() => browser.close());

// withVisitor runs `story` in a browser profile of its own and gives what it gave, or fails if the pages complained:
// script errors, blocked content, missing parts, or a request to anybody but the shop.
export async function withVisitor({ width = 1280, scripts = true, theme = "light", language = "en" }, story) {
  const context = await browser.newContext({
    baseURL: shop,
    colorScheme: theme,
    javaScriptEnabled: scripts,
    reducedMotion: "reduce",
    viewport: { width, height: 900 },
  });
  try {
    const page = await context.newPage();
    page.setDefaultTimeout(15_000);
    const complaints = listen(page);
    const told = await story({ page, context, prefix: prefixes[language], language, scripts, width });
    assert.deepEqual(complaints, [], "the pages complained");
    return told;
  } finally {
    await context.close();
  }
}

function listen(page) {
  const complaints = [];
  page.on("pageerror", (error) => complaints.push(`script: ${error.message}`));
  page.on("console", (message) => {
    // A page that answers 404 or 422 on purpose is logged too; answers are judged below.
    if (["error", "warning"].includes(message.type()) && !message.text().startsWith("Failed to load resource")) {
      complaints.push(`console: ${message.text()}`);
    }
  });
  page.on("request", (request) => {
    const url = request.url();
    if (!url.startsWith("data:") && new URL(url).origin !== new URL(shop).origin) complaints.push(`elsewhere: ${url}`);
    if (url.endsWith("/csp-report")) complaints.push(`blocked content: ${request.postData()}`);
  });
  page.on("response", (response) => {
    if (response.status() >= 400 && !response.request().isNavigationRequest()) {
      complaints.push(`${response.status()}: ${response.url()}`);
    }
  });
  return complaints;
}

export async function visit(page, path, status = 200) {
  const response = await page.goto(path);
  assert.equal(response.status(), status, path);
}

// follow does what leads to another page, and gives that page's status.
export async function follow(page, act) {
  const [response] = await Promise.all([page.waitForNavigation(), act()]);
  return response.status();
}

// What every page owes its reader, whatever is on it.
export async function expectSound(page, language) {
  const where = page.url();
  assert.equal(await page.locator("html").getAttribute("lang"), language, where);
  assert.equal(await page.locator("h1").count(), 1, `one h1 on ${where}`);
  assert.notEqual((await page.title()).trim(), "", `a title on ${where}`);
  assert.equal(await sidewaysScroll(page), 0, `no scrolling sideways on ${where}`);
}

export function sidewaysScroll(page) {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}

export async function cartCount(page) {
  const badge = page.locator("[data-cart-count]").first();
  return (await badge.count()) === 0 ? 0 : Number(await badge.getAttribute("data-cart-count"));
}
