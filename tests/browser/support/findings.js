// What axe has to say of a page.
import assert from "node:assert/strict";
import axe from "axe-core";

export async function expectNoFindings(page) {
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate(() =>
    globalThis.axe.run({ rules: { "target-size": { enabled: true } } }),
  );
  const findings = violations.flatMap(({ id, help, nodes }) => nodes.map((node) => `${id} (${help}): ${node.html}`));
  assert.deepEqual(findings, [], page.url());
}
