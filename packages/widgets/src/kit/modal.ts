/**
 * Opens and closes a dialog over the page, also in browsers that know no `<dialog>` (iOS before 15.4): there the element is a
 * plain box, and its place over the page, Escape and the way of the focus are made here.
 */
export const openModal = (dialog: HTMLDialogElement): void => {
  if (isNative(dialog)) {
    dialog.showModal();
    return;
  }
  if (open.has(dialog)) return;
  const before = focused();
  const onKey = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') {
      event.preventDefault();
      // As the native one: whoever draws it may keep it open.
      if (dialog.dispatchEvent(new Event('cancel', { cancelable: true }))) closeModal(dialog);
    } else if (event.key === 'Tab') keepWithin(dialog, event);
  };
  open.set(dialog, () => {
    dialog.removeEventListener('keydown', onKey);
    before?.focus();
  });
  dialog.addEventListener('keydown', onKey);
  dialog.setAttribute('role', 'dialog');
  dialog.setAttribute('aria-modal', 'true');
  dialog.setAttribute('open', '');
  fields(dialog)[0]?.focus();
};

export const closeModal = (dialog: HTMLDialogElement): void => {
  if (isNative(dialog)) {
    dialog.close();
    return;
  }
  for (const name of ['open', 'aria-modal', 'role']) dialog.removeAttribute(name);
  open.get(dialog)?.();
  open.delete(dialog);
};

export const isOpen = (dialog: HTMLDialogElement): boolean => dialog.hasAttribute('open');

/** What ends a dialog that is open without the browser's help. */
const open = new WeakMap<HTMLDialogElement, () => void>();

/** The compiler believes that it is always there. */
const isNative = (dialog: HTMLDialogElement): boolean =>
  typeof (dialog as Partial<HTMLDialogElement>).showModal === 'function';

const FIELDS =
  'a[href], button:not([disabled]), input:not([disabled]):not([type=hidden]), select:not([disabled]), textarea:not([disabled])';

/** In the order of the page; a slot shows what stands outside of the dialog's own tree. */
const fields = (within: Element): HTMLElement[] =>
  [...within.querySelectorAll<HTMLElement>(`${FIELDS}, slot`)].flatMap((found) =>
    found instanceof HTMLSlotElement ? found.assignedElements({ flatten: true }).flatMap(fieldsOf) : [found],
  );

const fieldsOf = (element: Element): HTMLElement[] => [
  ...(element instanceof HTMLElement && element.matches(FIELDS) ? [element] : []),
  ...fields(element),
];

/** What has the focus: each shadow root tells it of its own tree alone. */
const focused = (): HTMLElement | null => {
  let at = document.activeElement;
  while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
  return at instanceof HTMLElement ? at : null;
};

/** From the last field to the first, and back: nothing behind the dialog takes the focus. */
const keepWithin = (dialog: HTMLElement, event: KeyboardEvent): void => {
  const all = fields(dialog);
  const [first, last] = [all[0], all[all.length - 1]];
  const at = focused();
  const next = event.shiftKey ? (at === first ? last : undefined) : at === last ? first : undefined;
  if (!next) return;
  event.preventDefault();
  next.focus();
};
