import { html, nothing, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import { isAbort } from '../../client/index.js';
import { baseStyles } from '../../kit/base.js';
import { dayText, fullDate } from '../../kit/dates.js';
import { saveBlob } from '../../kit/files.js';
import { icon } from '../../kit/icons.js';
import { money } from '../../kit/money.js';
import { definePage, taskOf, ZonePage } from '../../kit/page.js';
import { emptyState, skeleton, tag } from '../../kit/parts.js';
import { common } from '../../texts/common.js';
import { loveTexts } from '../../texts/love.js';
import { yuanTexts } from '../../texts/yuan.js';
import { YuanProofQuery, YuanQuery, type Yuan } from './yuan.documents.js';
import { yuanStyles } from './yuan.styles.js';
import { lastIndexWhere } from '../../kit/lists.js';

type Step = Yuan['steps'][number];

/** 一元的去向: the way of one own matched yuan step by step, what it was used for, and the proof of it. */
class YuanPage extends ZonePage {
  static override styles = [...baseStyles, yuanStyles];

  @state() private fetching = false;
  @state() private told: { text: string; tone: 'leaf' | 'red' | 'gold' } | null = null;

  private readonly yuan = taskOf(
    this,
    async ([id], { signal }) => {
      const { node } = await this.zone.client.send(YuanQuery, { id }, { signal });
      return node?.__typename === 'Match' ? node : null;
    },
    () => [this.route.params.id ?? ''] as const,
  );

  protected override render(): TemplateResult {
    return this.whole(this.yuan, {
      pending: () => html`<div class="narrow">${skeleton([72, 300, 180])}</div>`,
      complete: (yuan) => {
        this.shown(yuan ? this.titleOf(yuan) : yuanTexts.notYours);
        return html`<div class="narrow">${yuan ? this.content(yuan) : this.missing()}</div>`;
      },
    });
  }

  private titleOf({ state: of, amountFen }: Yuan): string {
    return of === 'VOID' ? yuanTexts.voidTitle : yuanTexts.title(amountFen);
  }

  private missing(): TemplateResult {
    return html`<h1 tabindex="-1" class="sr">${yuanTexts.notYours}</h1>
      ${emptyState({
        icon: 'leaf',
        title: yuanTexts.notYours,
        text: yuanTexts.notYoursText,
        actions: html`<a class="btn ghost" href=${this.zone.href('love', {}, { tab: 'matches' })}
          >${yuanTexts.toLove}</a
        >`,
      })}`;
  }

  private content(yuan: Yuan): TemplateResult {
    return html`<nav class="crumbs small" aria-label=${common.crumbs}>
        <a class="link" href=${this.zone.href('love', {}, { tab: 'matches' })}
          >${icon('back', 16)}${yuanTexts.crumbs}</a
        >
      </nav>
      <h1 tabindex="-1">${this.titleOf(yuan)}</h1>
      <p class="sub lead">
        ${yuanTexts.by(yuan.sponsorName, yuan.fundName)}
        ${tag(yuan.stateText, yuan.state === 'VOID' ? 'plain' : 'leaf')}
      </p>
      <div class="two">
        <section class="card pad" aria-labelledby="way">
          <h2 id="way">${yuanTexts.way}</h2>
          ${this.steps(yuan)}
        </section>
        <div class="side">
          ${this.facts(yuan)} ${this.uses(yuan)} ${yuan.state === 'VOID' ? nothing : this.proof(yuan)}
        </div>
      </div>`;
  }

  /** Down the page, each step with its day and what it means. */
  private steps({ steps }: Yuan): TemplateResult {
    const current = lastIndexWhere(steps, ({ done }) => done);
    return html`<ol class="steps" aria-label=${yuanTexts.wayLabel}>
      ${steps.map((step, index) => this.step(step, index === current))}
    </ol>`;
  }

  private step({ state: of, text, at, done }: Step, isCurrent: boolean): TemplateResult {
    return html`<li class=${done ? 'done' : ''} aria-current=${isCurrent ? 'step' : nothing}>
      <p class="apart">
        <b>${text}<span class="sr">${done ? common.stepDone : common.stepOpen}</span></b>
        ${at ? html`<time class="small num" datetime=${at}>${fullDate(at)}</time>` : nothing}
      </p>
      <p class="small">${(done ? undefined : yuanTexts.openTexts[of]) ?? yuanTexts.stepTexts[of]}</p>
    </li>`;
  }

  private facts({ amountFen, undoneFen, productTitle, sponsorName, fundName, batchId, steps }: Yuan): TemplateResult {
    const receipted = steps.some((step) => step.state === 'RECEIPTED' && step.done);
    return html`<section class="card pad" aria-labelledby="facts">
      <h2 id="facts">${yuanTexts.facts}</h2>
      <dl class="facts">
        <dt>${yuanTexts.amount}</dt>
        <dd class="num">${money(amountFen)}</dd>
        ${
          undoneFen > 0
            ? html`<dt>${yuanTexts.undone}</dt>
                <dd class="num">${money(undoneFen)}</dd>`
            : nothing
        }
        <dt>${yuanTexts.product}</dt>
        <dd>${loveTexts.product(productTitle)}</dd>
        <dt>${yuanTexts.sponsor}</dt>
        <dd>${sponsorName}</dd>
        <dt>${yuanTexts.fund}</dt>
        <dd>${fundName}</dd>
        <dt>${yuanTexts.batch}</dt>
        <dd>${batchId ? html`<span class="num">${batchId}</span>` : yuanTexts.noBatch}</dd>
        <dt>${yuanTexts.receipt}</dt>
        <dd>${receipted ? yuanTexts.receiptKnown : yuanTexts.noReceipt}</dd>
      </dl>
    </section>`;
  }

  private uses({ uses, state: of }: Yuan): TemplateResult | typeof nothing {
    if (of === 'VOID') return nothing;
    return html`<section class="card pad" aria-labelledby="uses">
      <h2 id="uses">${yuanTexts.uses}</h2>
      ${
        uses.length === 0
          ? html`<p class="sub small">${yuanTexts.noUses}</p>`
          : html`<p class="sub small">${yuanTexts.usesText}</p>
              <ul class="lines">
                ${uses.map(
                  ({ name, purpose, amountFen, lastDay }) =>
                    html`<li>
                      <b>${name}</b>
                      <p class="sub small">${purpose}</p>
                      <p class="small num">${yuanTexts.usedLine(amountFen, dayText(lastDay))}</p>
                    </li>`,
                )}
              </ul>`
      }
    </section>`;
  }

  private proof({ id }: Yuan): TemplateResult {
    return html`<section class="card pad proof" aria-labelledby="proof">
      <h2 id="proof">${yuanTexts.proof}</h2>
      <p class="small">${yuanTexts.proofText}</p>
      <button class="btn wide" ?disabled=${this.fetching} @click=${() => void this.fetchProof(id, 'check')}>
        ${icon('check', 20)}${this.fetching ? yuanTexts.downloading : yuanTexts.checkNow}
      </button>
      <button class="btn ghost wide" ?disabled=${this.fetching} @click=${() => void this.fetchProof(id, 'save')}>
        ${icon('down', 20)}${this.fetching ? yuanTexts.downloading : yuanTexts.download}
      </button>
      <div role="status">${this.told ? html`<p class="note ${this.told.tone}">${this.told.text}</p>` : nothing}</div>
      <p class="small sub">
        <a class="link" href=${this.zone.beside('verify')} target="_blank" rel="noopener">${yuanTexts.check}</a>
        · ${yuanTexts.checkText}
      </p>
    </section>`;
  }

  private async fetchProof(id: string, then: 'check' | 'save'): Promise<void> {
    if (this.fetching) return;
    this.fetching = true;
    this.told = null;
    try {
      const { node } = await this.zone.client.send(YuanProofQuery, { id });
      const proof = node?.__typename === 'Match' ? node.proof : null;
      if (proof?.__typename === 'YuanProof' && then === 'check') {
        // Behind `#`: the proof goes to the page, to no server.
        location.assign(`${this.zone.beside('verify')}#proof=${addressText(proof.text)}`);
      } else if (proof?.__typename === 'YuanProof') {
        saveBlob(new Blob([proof.text], { type: 'application/json' }), proof.fileName);
        this.told = { text: yuanTexts.saved, tone: 'leaf' };
      } else {
        this.told = { text: proof?.message ?? yuanTexts.notYoursText, tone: 'gold' };
      }
    } catch (reason) {
      if (!isAbort(reason)) this.told = { text: yuanTexts.failed, tone: 'red' };
    } finally {
      this.fetching = false;
    }
  }
}

/** UTF-8 in base64 as addresses take it. */
const addressText = (text: string): string =>
  btoa(String.fromCharCode(...new TextEncoder().encode(text)))
    .replace(/\+/g, '-')
    .replace(/\//g, '_')
    .replace(/=+$/, '');

definePage('aixin-page-yuan', YuanPage);
