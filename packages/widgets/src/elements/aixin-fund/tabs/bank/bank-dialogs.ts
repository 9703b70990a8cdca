import type { Road } from '../../../../console/file-transfer.js';
import type { FundRights } from '../fund-tab.js';
import { BooksChanged } from './books-changed.js';

/** The tab that opens them. */
export interface DialogHost {
  readonly root: HTMLElement | DocumentFragment;
  readonly road: Road;
  readonly reload: () => void;
}

/** The import is a step of its own, once a month: it is fetched when it is wanted. */
export async function openImport(host: DialogHost): Promise<void> {
  const { ImportDialog } = await import('./import-dialog.js');
  const dialog = place(host, 'aixin-bank-import', ImportDialog);
  dialog.open();
}

/** The files that were brought so far, and the way back of one that was a mistake. */
export async function openImports(host: DialogHost, { maker, checker }: FundRights): Promise<void> {
  const { ImportsDialog } = await import('./imports-dialog.js');
  const dialog = place(host, 'aixin-bank-imports', ImportsDialog);
  dialog.maker = maker;
  dialog.checker = checker;
  dialog.open();
}

type Dialog = HTMLElement & { -readonly [Name in keyof Road]: Road[Name] };

/** The dialog that stands below the tab already, or a new one. */
function place<One extends Dialog>({ root, road, reload }: DialogHost, name: string, kind: new () => One): One {
  const found = root.querySelector(name);
  const dialog = found instanceof kind ? found : new kind();
  if (dialog !== found) {
    dialog.addEventListener(BooksChanged.type, reload);
    root.append(dialog);
  }
  dialog.endpoint = road.endpoint;
  dialog.tokenProvider = road.tokenProvider;
  return dialog;
}
