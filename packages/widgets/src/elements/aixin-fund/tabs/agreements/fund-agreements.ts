import { html, nothing, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import { lastOf } from '../../../../kit/lists.js';
import { definePage } from '../../../../kit/page.js';
import { emptyState } from '../../../../kit/parts.js';
import { agreementTexts as texts } from '../../../../texts/fund-agreements.js';
import { capBarStyles } from '../cap-bar.js';
import { agreementDetail } from './agreement-detail.js';
import './agreement-form.js';
import { blankSeed, type FormSeed, seedOf } from './form-seed.js';
import { AgreementSteps } from './agreement-steps.js';
import { agreementList } from './agreement-list.js';
import {
  type Agreement,
  AgreementDetailQuery,
  AgreementsQuery,
  type AgreementState,
  type Places,
} from './agreements.documents.js';
import { fundAgreementsStyles } from './fund-agreements.styles.js';

const STATES: readonly AgreementState[] = ['SUBMITTED', 'DRAFT', 'IN_FORCE', 'ENDED'];
/** A fund has tens of agreements; this bounds a mistake. */
const MAX_PAGES = 10;

interface Listed {
  readonly agreements: readonly Agreement[];
  readonly places: Places;
}

/**
 * 配捐协议: from the draft by one person into force by another, and to its end. A sponsor reads its own.
 *
 * What is shown stands in the page's address: `?agreement=…&state=SUBMITTED`.
 */
export class FundAgreementsTab extends AgreementSteps {
  static override styles = [...AgreementSteps.styles, capBarStyles, fundAgreementsStyles];

  /** What the open form begins with; null while none is open. */
  @state() private form: FormSeed | null = null;
  private readonly address = this.addressOf<'agreement' | 'state'>(['agreement', 'state']);

  private readonly listing = this.reading((signal) => this.readAll(signal));

  private readonly detail = this.reading(
    async (signal) => {
      const id = this.address.get('agreement');
      if (id === null || this.isOnlySponsor) return null;
      return (await this.client.send(AgreementDetailQuery, { id }, { signal })).agreement;
    },
    () => [this.address.get('agreement'), this.isOnlySponsor],
  );

  private get isOnlySponsor(): boolean {
    return !this.mayChange && !this.rights.auditor;
  }

  private async readAll(signal: AbortSignal): Promise<Listed> {
    const agreements: Agreement[] = [];
    let after: string | null = null;
    for (let page = 0; ; page += 1) {
      const answer: Awaited<ReturnType<typeof this.readPage>> = await this.readPage(after, signal);
      agreements.push(...(answer.agreements?.edges.map(({ node }) => node) ?? []));
      const info = answer.agreements?.pageInfo;
      after = info?.endCursor ?? null;
      if (!info?.hasNextPage || page >= MAX_PAGES) return { agreements, places: answer };
    }
  }

  private readPage(after: string | null, signal: AbortSignal) {
    return this.client.send(AgreementsQuery, { after }, { signal });
  }

  private state(): AgreementState | null {
    return STATES.find((each) => each === this.address.get('state')) ?? null;
  }

  protected override content(): TemplateResult {
    return this.whole(this.listing, (listed, busy) => this.page(listed, busy), [64, 48, 320]);
  }

  private page({ agreements, places }: Listed, busy: boolean): TemplateResult {
    const state = this.state();
    const shown = agreements.filter((each) => state === null || each.state === state);
    const chosen = agreements.find(({ id }) => id === this.address.get('agreement'));
    return html`<div aria-busy=${busy ? 'true' : 'false'}>
      ${this.heading({
        title: texts.title,
        sub: this.isOnlySponsor ? texts.sponsorSub : texts.sub,
        controls: this.rights.maker
          ? html`<button
              class="btn ${chosen ? 'ghost' : ''}"
              @click=${() => (this.form = blankSeed(agreements[0]?.fundName ?? ''))}
            >
              ${texts.draft}
            </button>`
          : nothing,
      })}
      ${this.filters(agreements, state)}
      ${
        shown.length === 0
          ? emptyState({
              icon: 'record',
              title: agreements.length === 0 ? texts.empty : texts.emptyFor,
              ...(agreements.length === 0 ? { text: texts.emptyText } : {}),
            })
          : html`<div class="desk ${chosen ? 'open' : ''}">
              ${agreementList({
                agreements: shown,
                chosenId: chosen?.id ?? null,
                hrefOf: (agreement) => this.address.href({ agreement }),
                open: (agreement) => this.open(agreement),
              })}
              ${chosen ? this.chosen(chosen, places) : nothing}
            </div>`
      }
      ${this.dialog(places)}
    </div>`;
  }

  private filters(agreements: readonly Agreement[], current: AgreementState | null): TemplateResult | typeof nothing {
    if (agreements.length === 0) return nothing;
    const chip = (state: AgreementState | null, text: string, items: number): TemplateResult =>
      html`<button
        class="chip"
        aria-pressed=${state === current ? 'true' : 'false'}
        @click=${() => this.address.go({ state })}
      >
        ${text} <span class="num">${items}</span>
      </button>`;
    return html`<div class="chips filters" role="group" aria-label=${texts.filter}>
      ${chip(null, texts.all, agreements.length)}
      ${STATES.map((state) => [state, agreements.filter((each) => each.state === state).length] as const)
        .filter(([state, items]) => items > 0 || state === current)
        .map(([state, items]) => chip(state, texts.states[state], items))}
    </div>`;
  }

  /** Opens one beside the list; on a phone it stands below, so it is brought into sight. */
  private readonly open = (agreement: string | null) => (event: MouseEvent) => {
    this.address.follow({ agreement })(event);
    if (!event.defaultPrevented || agreement === null) return;
    void this.updateComplete.then(() => {
      const heading = this.renderRoot.querySelector<HTMLElement>('#detail');
      heading?.focus({ preventScroll: true });
      heading?.scrollIntoView({ block: 'nearest' });
    });
  };

  private chosen(agreement: Agreement, places: Places): TemplateResult {
    const { value } = this.detail;
    return agreementDetail({
      agreement,
      detail: value?.id === agreement.id ? value : null,
      places,
      rights: this.rights,
      act: {
        revise: () => (this.form = seedOf(agreement, value ?? null, 'revision')),
        replace: () => (this.form = seedOf(agreement, value ?? null, 'replacement')),
        submit: () => this.submit(agreement),
        approve: () => this.approve(agreement),
        reject: () => this.reject(agreement),
        askEnd: () => this.askEnd(agreement),
        end: () => this.end(agreement, lastOf(value?.history ?? [])?.reason ?? ''),
        declineEnd: () => this.declineEnd(agreement),
      },
      close: this.open(null),
      closeHref: this.address.href({ agreement: null }),
      download: (path, name) => void this.download(path, name),
    });
  }

  private dialog(places: Places): TemplateResult {
    const { form } = this;
    const heading =
      form?.replaces === undefined || form.replaces === null
        ? form?.agreementId
          ? texts.formRevise
          : texts.formNew
        : texts.formReplace(form.replaces.number);
    return html`<aixin-dialog
      width="780"
      heading=${heading}
      ?open=${form !== null}
      @aixin-dialog-close=${() => (this.form = null)}
    >
      ${
        form
          ? html`<aixin-agreement-form
              .endpoint=${this.endpoint}
              .tokenProvider=${this.tokenProvider}
              .rights=${this.rights}
              .seed=${form}
              .places=${places}
              @aixin-agreement-cancel=${() => (this.form = null)}
              @aixin-agreement-saved=${(event: CustomEvent<string>) => this.saved(event.detail)}
            ></aixin-agreement-form>`
          : nothing
      }
    </aixin-dialog>`;
  }

  private saved(agreement: string): void {
    this.form = null;
    this.say(texts.saved);
    this.address.go({ agreement, state: null });
    void this.reload();
  }
}

definePage('aixin-fund-agreements', FundAgreementsTab);
