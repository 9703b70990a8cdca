import { html, type TemplateResult } from 'lit';
import '../../../../console/console-dialog.js';
import { fundBankTexts as texts } from '../../../../texts/fund-bank.js';

/** The keys of the desk, for those who look before they press. */
export const keysDialog = (open: boolean, close: () => void): TemplateResult =>
  html`<aixin-dialog heading=${texts.help} width="420" ?open=${open} @aixin-dialog-close=${close}>
    <dl class="keys-list">
      ${texts.keys.map(
        ([key, text]) =>
          html`<dt><kbd class="key">${key}</kbd></dt>
            <dd>${text}</dd>`,
      )}
    </dl>
    <p class="sub small">${texts.keysNote}</p>
  </aixin-dialog>`;
