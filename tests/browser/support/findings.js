// What axe has to say of a page.
import assert from "node:assert/strict";
import axe from "axe-core";

export function expectNoFindings(page) {
  return expectNone(page, { rules: { "target-size": { enabled: true } } });
}

// The rules of colours alone: the others find the same whatever the colours are.
export function expectNoPaleWords(page) {
  return expectNone(page, { runOnly: ["color-contrast", "link-in-text-block"] });
}

async function expectNone(page, options) {
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate((options) => globalThis.axe.run(options), options);
  const findings = violations.flatMap(({ id, help, nodes }) => nodes.map((node) => `${id} (${help}): ${node.html}`));
  assert.deepEqual(findings, [], page.url());
}
