// Every kind of page for everybody: a first stop of the keyboard that skips the header, no finding of axe with the lights up
// and down, and no scrolling sideways on the narrowest screen, which is also what 200 % and 400 % zoom make of a wide one.
import { test } from "node:test";
import { expectSound, prefixes, withVisitor } from "./support/browser.js";
import { expectNoFindings, expectNoPaleWords } from "./support/findings.js";
import { expectSkipLink } from "./support/keys.js";
import { opener, pages } from "./support/pages.js";

for (const [kind, description] of Object.entries(pages)) {
  test(`everybody can use: ${kind}`, () =>
    withVisitor({}, async ({ page }) => {
      const open = await opener(page, description);
      await open("");
      if (!description.takesFocus) await expectSkipLink(page);
      for (const width of [1280, 375]) {
        await page.setViewportSize({ width, height: 800 });
        await page.emulateMedia({ colorScheme: "light" });
        await expectNoFindings(page);
        await page.emulateMedia({ colorScheme: "dark" });
        await expectNoPaleWords(page);
      }
      await page.setViewportSize({ width: 320, height: 800 });
      for (const [language, prefix] of Object.entries(prefixes)) {
        await open(prefix);
        await expectSound(page, language);
      }
    }));
}
