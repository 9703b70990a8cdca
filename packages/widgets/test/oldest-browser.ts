/**
 * Takes from a page what browsers learnt after the floor that package.json names (Chromium 87, iOS 14), before any script runs.
 * Playwright calls it inside the page: it must need nothing of this file.
 */
export const forgetNewerFunctions = (): void => {
  const forget = (of: object | undefined, ...names: string[]): void => {
    for (const name of names) if (of) Reflect.deleteProperty(of, name);
  };
  const lists = [Array.prototype, Object.getPrototypeOf(Uint8Array.prototype) as object];
  for (const list of lists) {
    forget(
      list,
      'at',
      'findLast',
      'findLastIndex',
      'toSorted',
      'toReversed',
      'toSpliced',
      'with',
      'group',
      'groupToMap',
    );
  }
  forget(Array, 'fromAsync');
  forget(String.prototype, 'at', 'isWellFormed', 'toWellFormed');
  forget(Object, 'hasOwn', 'groupBy');
  forget(Map, 'groupBy');
  forget(Promise, 'any', 'withResolvers', 'try');
  forget(Set.prototype, 'union', 'intersection', 'difference', 'isSubsetOf', 'isSupersetOf', 'isDisjointFrom');
  forget(Intl, 'Segmenter', 'DurationFormat');
  forget(AbortSignal, 'any', 'timeout', 'abort');
  forget(AbortSignal.prototype, 'throwIfAborted', 'reason');
  forget(URL, 'canParse', 'parse');
  forget(Crypto.prototype, 'randomUUID');
  forget(HTMLDialogElement.prototype, 'show', 'showModal', 'close', 'open', 'returnValue');
  forget(HTMLFormElement.prototype, 'requestSubmit');
  forget(HTMLElement.prototype, 'attachInternals', 'showPopover', 'hidePopover', 'togglePopover', 'inert');
  forget(Element.prototype, 'checkVisibility', 'setHTMLUnsafe');
  // lit's own way for browsers without them: a style element in each root.
  forget(Document.prototype, 'adoptedStyleSheets', 'startViewTransition');
  forget(ShadowRoot.prototype, 'adoptedStyleSheets');
  forget(CSSStyleSheet.prototype, 'replace', 'replaceSync');
  forget(
    globalThis,
    ...['structuredClone', 'BroadcastChannel', 'CompressionStream', 'DecompressionStream', 'scheduler', 'navigation'],
    ...['requestIdleCallback', 'cancelIdleCallback', 'WeakRef', 'FinalizationRegistry', 'URLPattern'],
  );
};
