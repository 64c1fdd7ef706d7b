// What a keyboard alone can do.
import assert from "node:assert/strict";
import { follow } from "./browser.js";

// press walks to what `is` tells, and follows where Enter leads.
export async function press(page, is, status = 200) {
  await tabTo(page, is);
  assert.equal(await follow(page, () => page.keyboard.press("Enter")), status);
}

// tabTo walks by Tab alone, from the top of the page if need be, and fails when that never gets there.
export async function tabTo(page, is, argument) {
  for (let stops = 0; stops < 200; stops += 1) {
    await page.keyboard.press("Tab");
    if (await page.evaluate(`(${is})(document.activeElement, ${JSON.stringify(argument ?? null)})`)) return;
  }
  assert.fail(`the keyboard does not reach ${is}`);
}

// write walks to each field in turn, and types its value in place of what stands there, or goes to it in a list.
export async function write(page, values) {
  for (const [name, value] of Object.entries(values)) {
    await tabTo(page, (element, name) => element.name === name && element.closest("main"), name);
    if (await focused(page, (element) => element.tagName === "SELECT")) await choose(page, value);
    else {
      await page.keyboard.press("Control+A");
      await page.keyboard.type(value);
    }
  }
}

async function choose(page, value) {
  await page.keyboard.press("Home");
  for (let presses = 0; presses < 300; presses += 1) {
    if ((await focused(page, (element) => element.value)) === value) return;
    await page.keyboard.press("ArrowDown");
  }
  assert.fail(`the list has no ${value}`);
}

export function focused(page, look) {
  return page.evaluate(`(${look})(document.activeElement)`);
}

// expectSkipLink begins at the top of a page.
export async function expectSkipLink(page) {
  await page.keyboard.press("Tab");
  assert.equal(await focused(page, (element) => element.getAttribute("href")), "#main");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  assert.ok(await focused(page, (element) => element.closest("main, footer") !== null), "the header is skipped");
}
