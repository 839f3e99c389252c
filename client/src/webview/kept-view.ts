/** What a reader has done to the page that shall stay when its contents are replaced. */
export interface KeptView {
  /** By the name of the fold, whether it is open; those that nobody touched are not listed. */
  readonly folds: Readonly<Record<string, boolean>>;
  /** Pixels from the top. */
  readonly scroll: number;
  /** What has the focus, as a selector; undefined for nothing on the page. */
  readonly focus?: string | undefined;
}

export function keepView(page: Element): KeptView {
  const folds: Record<string, boolean> = {};
  for (const fold of foldsOf(page)) folds[fold.dataset.fold!] = fold.open;
  // Where the reader is elsewhere in the editor, the page must not take the focus to itself.
  const focused =
    document.hasFocus() && page.contains(document.activeElement) ? document.activeElement : null;
  return { folds, scroll: window.scrollY, focus: focused ? selectorOf(focused) : undefined };
}

export function restoreView(page: Element, { folds, scroll, focus }: KeptView): void {
  for (const fold of foldsOf(page)) fold.open = folds[fold.dataset.fold!] ?? fold.open;
  const element = focus === undefined ? null : page.querySelector(focus);
  if (element instanceof HTMLElement) element.focus({ preventScroll: true });
  window.scrollTo({ top: scroll, behavior: "instant" });
}

function foldsOf(page: Element): readonly HTMLDetailsElement[] {
  return [...page.querySelectorAll<HTMLDetailsElement>("details[data-fold]")];
}

/** Finds the same control again on a page for a changed spec: by its fold, its step, or the place it leads to. */
function selectorOf(element: Element): string | undefined {
  const fold = element.closest<HTMLElement>("details[data-fold]");
  if (element.tagName === "SUMMARY" && fold) return `details${attribute("fold", fold)} > summary`;
  const step = element.closest<HTMLElement>("[data-key]");
  if (element instanceof HTMLElement && element.dataset.key !== undefined) {
    return `button${attribute("key", element)}`;
  }
  if (step) return `li${attribute("key", step)} button.place`;
  return element instanceof HTMLElement && element.dataset.start !== undefined
    ? `button${attribute("start", element)}`
    : undefined;
}

function attribute(name: string, { dataset }: HTMLElement): string {
  return `[data-${name}="${CSS.escape(dataset[name] ?? "")}"]`;
}
