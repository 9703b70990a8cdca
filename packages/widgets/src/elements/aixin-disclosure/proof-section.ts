import { html, nothing, type TemplateResult } from 'lit';
import { rootView } from '../../disclosure/book-parts.js';
import type { Disclosure } from '../../disclosure/disclosure.documents.js';
import { icon } from '../../kit/icons.js';
import { disclosureTexts as texts } from '../../texts/disclosure.js';

/** The root, how to check a yuan against it, and what else was frozen. */
export const proofSection = (
  { hash, prevHash, content }: Disclosure,
  { verifyUrl, copy }: { readonly verifyUrl: string; readonly copy: () => void },
): TemplateResult => {
  const { root, journalBlock, journalHash, ledgerSeq, ledgerHash } = content;
  const rows: readonly (readonly [string, string | null])[] = [
    [texts.hash, hash],
    [texts.previous, prevHash || null],
    [texts.journal(journalBlock ?? 0), journalHash],
    [texts.ledger(ledgerSeq ?? 0), ledgerHash],
  ];
  return html`<section>
    <h2>${texts.proof}</h2>
    <div class="card pad proof">
      <h3>${texts.root}</h3>
      ${rootView(root)}
      <p class="sub">${texts.rootText}</p>
      <div class="row no-print">
        <a class="btn ghost small" href=${verifyUrl}>${icon('check', 18)}${texts.check}</a>
        <button class="text-btn" type="button" @click=${copy}>${texts.copy}</button>
      </div>
      <dl class="hashes">
        ${rows.map(([name, value]) =>
          value === null
            ? nothing
            : html`<dt class="sub small">${name}</dt>
                <dd class="mono small">${value}</dd>`,
        )}
      </dl>
    </div>
  </section>`;
};
