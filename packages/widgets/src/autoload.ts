/**
 * Imports an element's module when its tag first stands in the document: the secretary's and the fund's screens cost a member
 * nothing, and a host needs one script for all three.
 */
export const autoload = (tagName: string, load: () => Promise<unknown>): void => {
  const found = (): boolean => {
    if (!document.querySelector(tagName)) return false;
    void load();
    return true;
  };
  if (found()) return;
  const observer = new MutationObserver(() => {
    if (found()) observer.disconnect();
  });
  observer.observe(document.documentElement, { childList: true, subtree: true });
};
