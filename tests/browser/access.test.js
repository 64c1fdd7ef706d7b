// Every kind of page for everybody: no finding of axe with the lights up and down, and no scrolling
// sideways on the narrowest screen, which is also what 200 % and 400 % zoom make of a wide one.
import { test } from "node:test";
import { expectSound, prefixes, withVisitor } from "./support/browser.js";
import { expectNoFindings } from "./support/findings.js";
import { pages } from "./support/pages.js";

for (const [kind, open] of Object.entries(pages)) {
  for (const theme of ["light", "dark"]) {
    test(`axe finds nothing: ${kind}, ${theme}`, () =>
      withVisitor({ theme }, async ({ page, prefix, language }) => {
        await open(page, prefix, language);
        await expectNoFindings(page);
        await page.setViewportSize({ width: 375, height: 800 });
        await expectNoFindings(page);
      }));
  }

  for (const [language, prefix] of Object.entries(prefixes)) {
    test(`fits 320 px: ${kind}, ${language}`, () =>
      withVisitor({ width: 320, language }, async ({ page }) => {
        await open(page, prefix, language);
        await expectSound(page, language);
      }));
  }
}
