import type { ResultOf } from '../../../../client/index.js';
import type { Confirmation } from '../../../../console/reason-dialog.js';
import { agreementTexts as texts } from '../../../../texts/fund-agreements.js';
import { FundTab } from '../fund-tab.js';
import {
  type Agreement,
  ApproveAgreement,
  AskEnd,
  DeclineEnd,
  EndAgreement,
  RejectAgreement,
  SubmitAgreement,
} from './agreements.documents.js';

type Answer = ResultOf<typeof EndAgreement>['endAgreement'];

/** A step of an agreement: what is asked before it, what is sent, what is said after it. */
interface Decision {
  readonly name: string;
  readonly words: Omit<Confirmation, 'act'>;
  readonly said: string;
  /** What is decided on, besides the reason. */
  readonly wish: unknown;
  readonly send: (given: { idempotencyKey: string; reason: string }) => Promise<Answer>;
}

/** What is done to an agreement, each step asked before it is sent. */
export abstract class AgreementSteps extends FundTab {
  /** Asks, sends under a key, says what was done; a refusal stands in the dialog. */
  private decide({ name, words, said, wish, send }: Decision): void {
    this.confirm({
      ...words,
      act: async (reason) => {
        const done = await this.command({
          ...{ name, wish: [wish, reason] },
          send: (idempotencyKey) => send({ idempotencyKey, reason }),
        });
        if (done) this.say(said);
        return this.refusalText(name);
      },
    });
  }

  protected submit({ id: agreementId }: Agreement): void {
    this.decide({
      ...{ name: 'submit', words: { title: texts.submit, text: texts.submitText, yes: texts.submit } },
      ...{ said: texts.submitted, wish: agreementId },
      send: async ({ idempotencyKey }) =>
        (await this.client.send(SubmitAgreement, { input: { idempotencyKey, agreementId } })).submitAgreement,
    });
  }

  protected approve({ id: agreementId, number, contentHash }: Agreement): void {
    const text = texts.approveText(number, contentHash.slice(0, 8));
    this.decide({
      ...{ name: 'approve', words: { title: texts.approve, text, yes: texts.approve }, said: texts.approved },
      wish: { agreementId, contentHash },
      send: async ({ idempotencyKey }) => {
        const input = { idempotencyKey, agreementId, contentHash };
        return (await this.client.send(ApproveAgreement, { input })).approveAgreement;
      },
    });
  }

  protected reject({ id: agreementId }: Agreement): void {
    const words = { title: texts.reject, text: texts.rejectText, yes: texts.reject, reason: texts.rejectReason };
    this.decide({
      ...{ name: 'reject', words, said: texts.rejectDone, wish: agreementId },
      send: async (given) =>
        (await this.client.send(RejectAgreement, { input: { ...given, agreementId } })).rejectAgreement,
    });
  }

  protected askEnd({ id: agreementId }: Agreement): void {
    const words = { title: texts.askEnd, text: texts.askEndText, yes: texts.askEnd, reason: texts.endReason };
    this.decide({
      ...{ name: 'askEnd', words, said: texts.endAskedDone, wish: agreementId },
      send: async (given) => (await this.client.send(AskEnd, { input: { ...given, agreementId } })).askEndOfAgreement,
    });
  }

  /** For the reason that was read: the server ends it for no other. */
  protected end({ id: agreementId }: Agreement, reason: string): void {
    this.decide({
      ...{ name: 'end', words: { title: texts.end, text: texts.endText(reason), yes: texts.end }, said: texts.ended },
      wish: { agreementId, reason },
      send: async ({ idempotencyKey }) =>
        (await this.client.send(EndAgreement, { input: { idempotencyKey, agreementId, reason } })).endAgreement,
    });
  }

  protected declineEnd({ id: agreementId, rights }: Agreement): void {
    const title = rights.end ? texts.declineEnd : texts.takeEndBack;
    const words = { title, text: texts.declineEndText, yes: title, reason: texts.declineEndReason };
    this.decide({
      ...{ name: 'declineEnd', words, said: texts.endDeclined, wish: agreementId },
      send: async (given) =>
        (await this.client.send(DeclineEnd, { input: { ...given, agreementId } })).declineEndOfAgreement,
    });
  }
}
