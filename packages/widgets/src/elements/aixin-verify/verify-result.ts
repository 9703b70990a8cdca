import type { Verdict, YuanProof } from '@aixin/proof';
import { html, nothing, type TemplateResult } from 'lit';
import { fullDate, monthText } from '../../kit/dates.js';
import { icon } from '../../kit/icons.js';
import { money } from '../../kit/money.js';
import { verifyTexts as texts } from '../../texts/verify.js';

/** Eight characters at a time: what people compare by eye. */
const ROOT_PART = 8;

/** Another pack or root than the proof's own says nothing against it: only what was changed or made up is broken. */
const kindOf = ({ fault, against }: Verdict): 'broken' | 'other' | 'half' | 'holds' => {
  if (fault !== null) return fault === 'NOT_THIS_PACK' ? 'other' : 'broken';
  return against === 'nothing' ? 'half' : 'holds';
};

/** What came of it, what was checked, and which amount it was. */
export const verifyResult = (verdict: Verdict): TemplateResult => {
  const kind = kindOf(verdict);
  const mark = { broken: 'cross', other: 'file', half: 'file', holds: 'check' } as const;
  return html`<div class="card result">
    <div class="verdict ${kind}">
      ${icon(mark[kind], 40)}
      <h3>${texts.verdict[kind]}</h3>
      <p>${verdict.message}</p>
    </div>
    <div class="pad">
      <section>
        <h4>${texts.steps}</h4>
        <ul class="steps">
          ${verdict.steps.map(
            ({ text, holds }) =>
              html`<li class=${holds ? 'leaf' : kind === 'other' ? 'sub' : 'red'}>
                ${icon(holds ? 'check' : kind === 'other' ? 'file' : 'cross', 20)}
                <span
                  >${text}<span class="sr"
                    >：${holds ? texts.holds : kind === 'other' ? texts.otherOne : texts.fails}</span
                  ></span
                >
              </li>`,
          )}
        </ul>
      </section>
      ${verdict.fault === null && verdict.proof ? facts(verdict.proof, verdict.against === 'pack') : nothing}
      ${verdict.fault === null && verdict.root !== null ? rootOf(verdict.root, kind === 'half') : nothing}
    </div>
  </div>`;
};

const facts = ({ line, pack }: YuanProof, isPackHeld: boolean): TemplateResult => {
  const rows: [string, string | TemplateResult][] = [
    [line.amountFen < 0 ? texts.amountBack : texts.amount, html`<span class="amount">${money(line.amountFen)}</span>`],
    [texts.place, texts.placeText(line.batchId, String(line['seq']))],
    [texts.remittance, String(line['remittanceId'])],
    [texts.agreement, String(line['agreementId'])],
    [texts.county, String(line['countyCode'])],
    ...(typeof line['at'] === 'string' ? [[texts.at, fullDate(line['at'])] as [string, string]] : []),
    ...(typeof line['saleMonth'] === 'string'
      ? [[texts.saleMonth, monthText(line['saleMonth'])] as [string, string]]
      : []),
    [
      texts.pack,
      texts.packText(pack.packId, pack.period.from, pack.period.until) + (isPackHeld ? '' : texts.packUnheld),
    ],
  ];
  return html`<section>
    <h4>${texts.facts}</h4>
    <dl class="facts">
      ${rows.map(
        ([name, value]) =>
          html`<dt>${name}</dt>
            <dd>${value}</dd>`,
      )}
    </dl>
  </section>`;
};

const rootOf = (root: string, open: boolean): TemplateResult => {
  const parts = Array.from({ length: root.length / ROOT_PART }, (_, at) =>
    root.slice(at * ROOT_PART, (at + 1) * ROOT_PART),
  );
  return html`<section>
    <h4>${texts.root}</h4>
    <p class="root mono">${parts.map((part) => html`<span>${part}</span>`)}</p>
    ${open ? html`<p class="small sub">${texts.rootNote}</p>` : nothing}
  </section>`;
};
