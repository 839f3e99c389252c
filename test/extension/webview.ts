import type { FrameLocator, Page } from "playwright-core";

/**
 * What the webview in front shows. While one takes the place of another both are visible for a moment. The locator
 * means the newer one then, and is asked again until what is waited for is there.
 */
export function webviewIn(page: Page): FrameLocator {
  return page
    .locator("iframe.webview.ready:visible")
    .last()
    .contentFrame()
    .locator("#active-frame")
    .contentFrame();
}
