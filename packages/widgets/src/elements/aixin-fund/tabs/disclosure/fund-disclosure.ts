import { html, nothing, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import '../../../../console/console-dialog.js';
import { figureRow } from '../../../../console/figures.js';
import { dateField } from '../../../../console/forms.js';
import { readForm } from '../../../../console/read-form.js';
import { contentStyles } from '../../../../disclosure/content.styles.js';
import { count } from '../../../../kit/money.js';
import { when } from '../../../../kit/dates.js';
import { definePage } from '../../../../kit/page.js';
import { dotted, emptyState } from '../../../../kit/parts.js';
import { consoleTexts } from '../../../../texts/console.js';
import { fundDisclosureTexts as texts } from '../../../../texts/fund-disclosure.js';
import { FundTab } from '../fund-tab.js';
import {
  CorrectDisclosure,
  type Desk,
  type DeskFacts,
  type Draft,
  DraftDisclosure,
  FundDisclosuresQuery,
  type Published,
  PublishDisclosure,
  WithdrawDisclosure,
} from './disclosure-desk.documents.js';
import { draftCard } from './draft-card.js';
import { fundDisclosureStyles } from './fund-disclosure.styles.js';
import { packsTable } from './packs-table.js';

interface Period {
  readonly from: string;
  readonly until: string;
}

/** Days from which the deadline is red, and gold. */
const URGENT_DAYS = 7;
const SOON_DAYS = 30;
const FIELDS = ['from', 'until'];

/** What the fund tells the public: drafted by one person, published by another, corrected in public. */
export class FundDisclosure extends FundTab {
  static override styles = [...FundTab.styles, contentStyles, fundDisclosureStyles];

  /** The number of the draft whose whole content is shown. */
  private readonly address = this.addressOf(['draft']);
  @state() private asking: DeskFacts | null = null;

  private readonly desk = this.reading((signal) => this.client.send(FundDisclosuresQuery, {}, { signal }));

  protected override content(): TemplateResult {
    return html`<div class="stack">${this.whole(this.desk, (answer, busy) => this.all(answer, busy))}</div>`;
  }

  private all({ disclosureDesk: desk, disclosures }: Desk, busy: boolean): TemplateResult {
    const packs = disclosures.edges.map(({ node }) => node);
    return html`<div class="stack" aria-busy=${busy ? 'true' : 'false'}>
      ${this.heading({
        title: desk ? texts.title : texts.mineTitle,
        sub: desk ? texts.sub : texts.mineSub,
        controls:
          desk?.proposed && this.rights.maker
            ? html`<button class="btn" @click=${() => this.ask(desk)}>${texts.draft}</button>`
            : nothing,
      })}
      ${desk ? this.deadline(desk, disclosures.totalCount) : nothing}
      ${desk?.drafts.map((draft) => this.draft(draft)) ?? nothing} ${this.packs(packs)}
      ${this.dialog(packs.length === 0)}
    </div>`;
  }

  private deadline({ deadline, daysLeft, reminders, drafts }: DeskFacts, published: number): TemplateResult {
    const left = daysLeft ?? 0;
    const tone = daysLeft === null ? undefined : left <= URGENT_DAYS ? 'red' : left <= SOON_DAYS ? 'gold' : 'leaf';
    return html`${figureRow(texts.figures, [
      {
        figure: html`<span class="num">${deadline ?? '—'}</span>`,
        label: deadline ? texts.deadline : texts.noDeadline,
      },
      {
        figure: daysLeft === null ? '—' : count(Math.abs(left)),
        label: left < 0 ? texts.overdue : texts.daysLeft,
        tone,
      },
      { figure: count(published), label: texts.published },
      { figure: count(drafts.length), label: texts.waiting, tone: drafts.length > 0 ? 'gold' : undefined },
    ])}
    ${
      reminders.length === 0
        ? nothing
        : html`<p class="sub small reminders">
            ${dotted([texts.reminders, ...reminders.map(({ daysBefore, at }) => texts.reminder(daysBefore, when(at)))])}
          </p>`
    }`;
  }

  private draft(draft: Draft): TemplateResult {
    const open = this.address.get('draft') === draft.number;
    return draftCard({
      draft,
      open,
      rights: this.rights,
      busy: this.isBusy('draft') || this.isBusy('publish'),
      toggle: () => this.address.go({ draft: open ? null : draft.number }),
      redraft: () => void this.makeDraft(draft),
      publish: () => this.askToPublish(draft),
      withdraw: () => this.askToWithdraw(draft),
    });
  }

  private askToWithdraw({ packId, hash, number }: Draft): void {
    this.confirm({
      ...{ title: texts.withdrawTitle(number), text: texts.withdrawText, yes: texts.withdraw },
      act: async () => {
        const input = { packId, hash };
        const done = await this.command({
          ...{ name: 'publish', wish: input },
          send: async () => (await this.client.send(WithdrawDisclosure, { input })).withdrawDisclosureDraft,
        });
        if (done) this.say(texts.withdrawn(done.number));
        return this.refusalText('publish');
      },
    });
  }

  private packs(packs: readonly Published[]): TemplateResult {
    if (packs.length === 0) return emptyState({ icon: 'file', title: texts.empty, text: texts.emptyText });
    return html`<section class="card table-card">
      <div class="card-head"><h3 class="in-card">${texts.list}</h3></div>
      ${packsTable(packs, this.rights.maker ? (pack) => this.askToCorrect(pack) : null)}
    </section>`;
  }

  private ask(desk: DeskFacts): void {
    this.forget('draft');
    this.asking = desk;
  }

  private readonly close = (): void => {
    this.asking = null;
  };

  /** Before the first disclosure the fund says itself where it begins. */
  private dialog(isFirst: boolean): TemplateResult {
    const { asking } = this;
    return html`<aixin-dialog
      heading=${texts.draftTitle}
      width="520"
      ?open=${asking !== null}
      @aixin-dialog-close=${this.close}
      >${asking?.proposed ? this.form(asking.proposed, isFirst) : nothing}</aixin-dialog
    >`;
  }

  private form({ from, until }: Period, isFirst: boolean): TemplateResult {
    const submit = (event: SubmitEvent): void => {
      event.preventDefault();
      const form = readForm(event.target as HTMLFormElement);
      void this.makeDraft({ from: isFirst ? form.text('from') : from, until: form.text('until') });
    };
    return html`<form class="form one" novalidate @submit=${submit}>
      <p class="sub">${texts.draftText}</p>
      ${dateField({
        ...{ name: 'from', label: texts.from, value: from, hint: texts.fromHint, disabled: !isFirst },
        error: this.fieldError('draft', 'from'),
      })}
      ${dateField({
        ...{ name: 'until', label: texts.until, value: until, min: from, hint: texts.untilHint },
        error: this.fieldError('draft', 'until'),
      })}
      ${this.refusalNote('draft', FIELDS)}
      <div class="answers">
        <button type="button" class="btn ghost" @click=${this.close}>${consoleTexts.no}</button>
        <button class="btn" ?disabled=${this.isBusy('draft')}>
          ${this.isBusy('draft') ? consoleTexts.busy : texts.draftYes}
        </button>
      </div>
    </form>`;
  }

  private async makeDraft({ from, until }: Period): Promise<void> {
    const input = { from, until };
    const done = await this.command({
      name: 'draft',
      wish: input,
      send: async (idempotencyKey) =>
        (await this.client.send(DraftDisclosure, { input: { ...input, idempotencyKey } })).draftDisclosure,
    });
    const refusal = this.refusalText('draft');
    if (!done) {
      if (this.asking === null && refusal !== null) this.say(refusal, 'red');
      return;
    }
    this.asking = null;
    this.say(texts.drafted(done.draft.number));
  }

  private askToPublish({ packId, hash, from, until }: Draft): void {
    this.confirm({
      title: texts.publishTitle(from, until),
      text: texts.publishText,
      yes: texts.publishYes,
      act: async () => {
        const input = { packId, hash };
        const done = await this.command({
          name: 'publish',
          wish: input,
          send: async (idempotencyKey) =>
            (await this.client.send(PublishDisclosure, { input: { ...input, idempotencyKey } })).publishDisclosure,
        });
        if (!done) return this.refusalText('publish');
        this.say(texts.publishDone(done.disclosure.number));
        return null;
      },
    });
  }

  private askToCorrect({ id, from, until }: Published): void {
    this.confirm({
      title: texts.correctTitle(from, until),
      text: texts.correctText,
      yes: texts.correctYes,
      reason: texts.correctReason,
      reasonHint: texts.correctReasonHint,
      act: async (reason) => {
        const input = { disclosureId: id, reason };
        const done = await this.command({
          name: 'correct',
          wish: input,
          send: async (idempotencyKey) =>
            (await this.client.send(CorrectDisclosure, { input: { ...input, idempotencyKey } })).correctDisclosure,
        });
        if (!done) return this.refusalText('correct');
        this.say(texts.drafted(done.draft.number));
        return null;
      },
    });
  }
}

definePage('aixin-fund-disclosure', FundDisclosure);
