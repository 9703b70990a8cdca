import { LitElement, html, type PropertyValues, type TemplateResult } from 'lit';
import { property, query } from 'lit/decorators.js';
import { baseStyles } from '../kit/base.js';
import { icon } from '../kit/icons.js';
import { closeModal, isOpen, openModal } from '../kit/modal.js';
import { definePage } from '../kit/page.js';
import { consoleTexts } from '../texts/console.js';
import { dialogStyles } from './dialog.styles.js';

const FIRST_FIELD =
  '[autofocus], input:not([type=hidden]):not([disabled]), select:not([disabled]), textarea:not([disabled])';

/**
 * A native dialog around what stands between its tags. Open while `open` is set; Escape, the cross and the back of it only
 * tell (`aixin-dialog-close`): whoever draws it takes `open` away.
 *
 * ```ts
 * html`<aixin-dialog heading=${texts.newAgreement} ?open=${this.editing} @aixin-dialog-close=${() => (this.editing = false)}>
 *   ${this.editing ? html`<form class="form">…</form>` : nothing}
 * </aixin-dialog>`
 * ```
 * The focus goes to the first field (or `[autofocus]`), and back to where it was. What stands in it belongs to the element
 * that draws it, so its styles and `renderRoot.querySelector` reach it.
 *
 * @attr heading - the title
 * @attr width - in px, where 600 is not right
 * @fires aixin-dialog-close - the person wants it closed
 */
export class ConsoleDialog extends LitElement {
  static override styles = [...baseStyles, dialogStyles];

  @property() heading = '';
  @property({ type: Boolean, reflect: true }) open = false;
  @property({ type: Number }) width = 600;
  @query('dialog') private dialog!: HTMLDialogElement;

  private readonly cancel = (event: Event): void => {
    event.preventDefault();
    this.wantClosed();
  };

  private readonly wantClosed = (): void => {
    this.dispatchEvent(new Event('aixin-dialog-close'));
  };

  protected override updated(changed: PropertyValues<this>): void {
    if (!changed.has('open')) return;
    if (this.open && !isOpen(this.dialog)) {
      openModal(this.dialog);
      const first = this.querySelector<HTMLElement>(FIRST_FIELD) ?? this.querySelector<HTMLElement>('button');
      first?.focus();
    }
    if (!this.open && isOpen(this.dialog)) closeModal(this.dialog);
  }

  protected override render(): TemplateResult {
    return html`<dialog aria-labelledby="title" style="--dialog-width:${this.width}px" @cancel=${this.cancel}>
      <div class="head">
        <h2 id="title">${this.heading}</h2>
        <button class="close" type="button" aria-label=${consoleTexts.close} @click=${this.wantClosed}>
          ${icon('cross', 20)}
        </button>
      </div>
      <div class="body"><slot></slot></div>
    </dialog>`;
  }
}

definePage('aixin-dialog', ConsoleDialog);

declare global {
  interface HTMLElementTagNameMap {
    'aixin-dialog': ConsoleDialog;
  }
}
