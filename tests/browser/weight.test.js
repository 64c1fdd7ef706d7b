// What a first visit to the home page transfers, compressed as the shop sends it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { prefixes, visit, withVisitor } from "./support/browser.js";

const kB = 1000;

for (const language of Object.keys(prefixes)) {
  test(`the home page is light: ${language}`, () =>
    withVisitor({ language }, async ({ page, context, prefix }) => {
      const weigh = await scales(page, context);
      await visit(page, `${prefix}/`);
      await page.waitForLoadState("networkidle");
      const { Document: html = 0, Stylesheet: styles = 0, Script: scripts = 0, Font: fonts = 0, ...rest } = weigh();
      const others = Object.entries(rest).reduce((sum, [kind, bytes]) => (kind === "Image" ? sum : sum + bytes), 0);
      assert.ok(html > 0 && styles > 0 && fonts > 0, "the page was weighed");
      assert.ok(html + styles + scripts + others <= 100 * kB, `page ${html + styles + scripts + others}`);
      assert.ok(styles <= 30 * kB, `styles ${styles}`);
      assert.ok(scripts <= 30 * kB, `scripts ${scripts}`);
      assert.ok(fonts <= 130 * kB, `fonts ${fonts}`);
    }));
}

async function scales(page, context) {
  const session = await context.newCDPSession(page);
  const kinds = new Map();
  const bytes = {};
  session.on("Network.responseReceived", ({ requestId, type }) => kinds.set(requestId, type));
  session.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
    const kind = kinds.get(requestId);
    bytes[kind] = (bytes[kind] ?? 0) + encodedDataLength;
  });
  await session.send("Network.enable");
  return () => bytes;
}
