import type { Task } from '@lit/task';
import { html, nothing, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import { ClientProblem, isAbort } from '../../client/index.js';
import { CommandElement } from '../../console/command-element.js';
import '../../console/console-dialog.js';
import { formStyles } from '../../console/forms.styles.js';
import { readForm } from '../../console/read-form.js';
import { definePage, taskOf } from '../../kit/page.js';
import { emptyState, skeleton } from '../../kit/parts.js';
import { consoleTexts } from '../../texts/console.js';
import { operatorTexts } from '../../texts/operator.js';
import { operatorStyles } from './aixin-operator.styles.js';
import {
  BookOutsideRefund,
  DecideOutsideRefund,
  DecideRefund,
  OperatorQuery,
  type OperatorDesk,
  type OutsideItem,
  type RefundItem,
  type StuckItem,
  TryStuckNow,
} from './operator.documents.js';
import { leftOf, outsideForm, type OutsideKind, outsideSection } from './outside-section.js';
import { refundsSection } from './refunds-section.js';
import { stuckSection } from './stuck-section.js';

/**
 * 待办与异常: what the zone cannot do by itself, for the operator. Work that is stuck with its age and reason, refunds that
 * wait for a decision, and refunds that somebody made at the payment provider.
 *
 * @attr endpoint, theme, large-type, @prop tokenProvider, @fires aixin-sign-in - as on every element of the zone
 */
export class AixinOperator extends CommandElement {
  static override styles = [...CommandElement.styles, formStyles, operatorStyles];

  /** The refund that is being looked at, and what it was for. */
  @state() private asked: { readonly item: OutsideItem; readonly kind: OutsideKind } | null = null;

  private readonly desk: Task<readonly unknown[], OperatorDesk> = taskOf(
    this,
    async (_args, { signal }) => {
      const desk = await this.client.send(OperatorQuery, {}, { signal });
      if (!desk.me) throw new ClientProblem('signed-out', 'this is shown to the operator');
      return desk;
    },
    () => [this.endpoint, this.tokenProvider] as const,
  );

  protected override async reload(): Promise<void> {
    await this.desk.run().catch(() => undefined);
  }

  protected override render(): TemplateResult {
    const pending = (): TemplateResult =>
      this.desk.value ? this.content(this.desk.value, true) : html`<div class="page">${skeleton([64, 200, 200])}</div>`;
    const drawn = this.desk.render({
      initial: pending,
      pending,
      complete: (desk) => this.content(desk, false),
      error: (reason) =>
        isAbort(reason) ? pending() : html`<div class="page">${this.problem(reason, () => void this.desk.run())}</div>`,
    });
    return html`<div role="main">${drawn}</div>`;
  }

  private content(desk: OperatorDesk, busy: boolean): TemplateResult {
    if (!desk.me?.capabilities.includes('OPERATE')) {
      return html`<div class="page">
        ${emptyState({ icon: 'person', title: operatorTexts.deniedTitle, text: operatorTexts.deniedText })}
      </div>`;
    }
    const stuck = desk.stuckWork ?? [];
    const refunds = desk.refundRequests?.edges.map(({ node }) => node) ?? [];
    const outside = desk.outsideRefunds ?? [];
    return html`<div class="page" aria-busy=${busy ? 'true' : 'false'}>
      <div class="top">
        <h1>${operatorTexts.title}</h1>
        <p class="sub">${operatorTexts.sub}</p>
      </div>
      ${this.status()} ${this.refusalNote('again')}
      ${
        stuck.length + refunds.length + outside.length === 0
          ? emptyState({ icon: 'check', title: operatorTexts.allGood, text: operatorTexts.allGoodText })
          : nothing
      }
      ${outside.length > 0 ? outsideSection(outside, (item) => this.ask(item)) : nothing}
      ${
        refunds.length > 0
          ? refundsSection({
              items: refunds,
              hasMore: desk.refundRequests?.pageInfo.hasNextPage ?? false,
              decide: (item, approve) => this.decide(item, approve),
            })
          : nothing
      }
      ${
        stuck.length > 0
          ? stuckSection({
              items: stuck,
              busy: () => this.isBusy('again'),
              again: (item) => void this.again(item),
            })
          : nothing
      }
      ${this.dialog()}
    </div>`;
  }

  private async again({ queue, itemId }: StuckItem): Promise<void> {
    const input = { queue, itemId };
    const done = await this.command({
      ...{ name: 'again', wish: input },
      send: async () => (await this.client.send(TryStuckNow, { input })).tryStuckNow,
    });
    if (done) this.say(operatorTexts.stuck.done);
  }

  private decide({ id, state: of, amountFen }: RefundItem, approve: boolean): void {
    const { refunds: texts } = operatorTexts;
    const yes = of === 'FAILED' ? texts.resend : texts.approve;
    const text = of === 'FAILED' ? texts.resendText(amountFen) : texts.approveText(amountFen);
    this.confirm({
      title: approve ? yes : texts.reject,
      text: approve ? text : texts.rejectText,
      yes: approve ? yes : texts.reject,
      reason: texts.reason,
      reasonHint: texts.reasonHint,
      act: async (reason) => {
        const input = { refundId: id, approve, reason };
        const done = await this.command({
          ...{ name: 'decide', wish: input },
          send: async () => (await this.client.send(DecideRefund, { input })).decideRefund,
        });
        if (!done) return this.refusalText('decide');
        this.say(approve ? texts.approved : texts.rejected);
        return null;
      },
    });
  }

  private ask(item: OutsideItem): void {
    this.forget('outside');
    this.asked = { item, kind: item.amountFen === null ? 'none' : 'all' };
  }

  private dialog(): TemplateResult {
    const { asked } = this;
    const close = (): void => {
      if (!this.isBusy('outside')) this.asked = null;
    };
    const { outside: texts } = operatorTexts;
    return html`<aixin-dialog
      heading=${asked ? texts.heading(operatorTexts.order(asked.item.orderNumber)) : ''}
      width="560"
      ?open=${asked !== null}
      @aixin-dialog-close=${close}
    >
      ${
        asked
          ? outsideForm({
              ...asked,
              choose: (kind) => {
                this.forget('outside');
                this.asked = { ...asked, kind };
              },
              send: (form) => void this.answer(asked, form),
              close,
              busy: this.isBusy('outside'),
              error: (field) => this.fieldError('outside', field),
              note: this.refusalNote('outside', ['lines', 'reason']),
            })
          : nothing
      }
    </aixin-dialog>`;
  }

  private async answer({ item, kind }: NonNullable<typeof this.asked>, form: HTMLFormElement): Promise<void> {
    const { outside: texts } = operatorTexts;
    const reason = readForm(form).text('reason');
    if (reason.length < 2) return this.mark('outside', 'reason', consoleTexts.reasonMissing);
    const lines = kind === 'some' ? this.pieces(item, form) : null;
    if (lines === 'wrong') return this.mark('outside', 'lines', texts.piecesWrong);
    const common = { orderId: item.order?.id ?? '', outsideId: item.outsideId, reason };
    const done = await this.command({
      ...{ name: 'outside', wish: [common, kind, lines] },
      send: async () =>
        kind === 'none'
          ? (await this.client.send(DecideOutsideRefund, { input: common })).decideOutsideRefund
          : (await this.client.send(BookOutsideRefund, { input: { ...common, lines } })).bookOutsideRefund,
    });
    if (!done) return;
    this.asked = null;
    this.say(kind === 'none' ? texts.decided : texts.booked);
  }

  private pieces(item: OutsideItem, form: HTMLFormElement): { lineId: string; quantity: number }[] | 'wrong' {
    const values = readForm(form);
    const wanted = leftOf(item).map(({ lineId, left }) => ({
      lineId,
      left,
      quantity: values.count(`pieces-${lineId}`),
    }));
    if (wanted.some(({ quantity, left }) => quantity === null || quantity > left)) return 'wrong';
    const lines = wanted.flatMap(({ lineId, quantity }) => (quantity ? [{ lineId, quantity }] : []));
    return lines.length > 0 ? lines : 'wrong';
  }
}

definePage('aixin-operator', AixinOperator);
