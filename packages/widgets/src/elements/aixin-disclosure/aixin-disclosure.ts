import type { Task } from '@lit/task';
import { html, nothing, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import { isAbort } from '../../client/index.js';
import { figureStyles } from '../../console/figures.styles.js';
import { PageQuery } from '../../console/page-query.js';
import { contentStyles } from '../../disclosure/content.styles.js';
import { contentView } from '../../disclosure/content-view.js';
import { type Disclosure, DisclosureQuery, type Listed } from '../../disclosure/disclosure.documents.js';
import { dayText, fullDate } from '../../kit/dates.js';
import { icon } from '../../kit/icons.js';
import { definePage, taskOf } from '../../kit/page.js';
import { dotted, emptyState, skeleton } from '../../kit/parts.js';
import { problemView } from '../../kit/problem-view.js';
import { disclosureTexts as texts } from '../../texts/disclosure.js';
import { ZoneElement } from '../element.js';
import { disclosureStyles } from './aixin-disclosure.styles.js';
import { othersSection } from './others.js';
import { proofSection } from './proof-section.js';

const BONES = [96, 120, 260, 320];

interface Shown {
  readonly disclosure: Disclosure | null;
  readonly all: readonly Listed[];
}

/**
 * 信息公示: what the fund tells the public (慈善法 art. 79), for everybody, signed in or not. Which period is shown stands in
 * the page's address (`?disclosure=…`); without it, the newest.
 *
 * @attr endpoint, theme, large-type, @prop tokenProvider - as on every element of the zone; no token is needed here
 */
export class AixinDisclosure extends ZoneElement {
  static override styles = [...ZoneElement.styles, figureStyles, contentStyles, disclosureStyles];

  /** Read out as it changes. */
  @state() private said = '';
  private readonly address = new PageQuery<'disclosure'>(this, ['disclosure']);

  private readonly task: Task<readonly unknown[], Shown> = taskOf(
    this,
    async ([, id], { signal }) => {
      const { disclosure, disclosures } = await this.client.send(DisclosureQuery, { id }, { signal });
      return { disclosure, all: disclosures.edges.map(({ node }) => node) };
    },
    () => [this.endpoint, this.address.get('disclosure')] as const,
  );

  protected override render(): TemplateResult {
    const pending = (): TemplateResult =>
      this.task.value === undefined
        ? html`<h1>${texts.title}</h1>
            ${skeleton(BONES)}`
        : this.page(this.task.value);
    const drawn = this.task.render({
      initial: pending,
      pending,
      complete: (shown) => this.page(shown),
      error: (reason) =>
        isAbort(reason)
          ? pending()
          : html`<h1>${texts.title}</h1>
              ${this.failed(reason)}`,
    });
    return html`<div class="page" role="main">${drawn}</div>
      <p class="sr" role="status">${this.said}</p>`;
  }

  private failed(reason: unknown): TemplateResult {
    return problemView(reason, { retry: () => void this.task.run(), signIn: () => this.signIn() });
  }

  private page({ disclosure, all }: Shown): TemplateResult {
    if (!disclosure) return this.nothingShown(all);
    const { content } = disclosure;
    return html`${this.heading(disclosure)} ${this.correction(disclosure)} ${contentView(content)}
    ${proofSection(disclosure, { verifyUrl: this.verifyUrl, copy: () => void this.copy(content.root) })}
    ${this.downloads(disclosure)} ${this.others(all, disclosure.number)}`;
  }

  private nothingShown(all: readonly Listed[]): TemplateResult {
    const isWrong = this.address.get('disclosure') !== null;
    const newest = { disclosure: null };
    return html`<h1>${texts.title}</h1>
      ${emptyState({
        icon: 'file',
        title: isWrong ? texts.unknown : texts.none,
        text: isWrong ? texts.unknownText : texts.noneText,
        ...(isWrong && all.length > 0
          ? {
              actions: html`<a class="btn ghost" href=${this.address.href(newest)} @click=${this.address.follow(newest)}
                >${texts.newest}</a
              >`,
            }
          : {}),
      })}
      ${this.others(all, null)}`;
  }

  private heading({ from, until, number, publishedAt, content }: Disclosure): TemplateResult {
    return html`<div class="head">
      <p class="sub">${content.fundName}</p>
      <h1>${texts.title}</h1>
      <p class="period big">${texts.period(dayText(from), dayText(until))}</p>
      <p class="sub small">${dotted([texts.number(number), texts.published(fullDate(publishedAt))])}</p>
      <p class="lead">${texts.lead}</p>
    </div>`;
  }

  private correction({ corrects, correctedBy, reason }: Disclosure): TemplateResult {
    const link = (id: string, text: string): TemplateResult =>
      html`<a
        class="link"
        href=${this.address.href({ disclosure: id })}
        @click=${this.address.follow({ disclosure: id })}
        >${text}</a
      >`;
    return html`${
      correctedBy
        ? html`<p class="note red" role="note">
            ${texts.corrected(correctedBy.number)} ${link(correctedBy.id, texts.seeCorrection)}
          </p>`
        : nothing
    }${
      corrects
        ? html`<p class="note" role="note">
            ${texts.corrects(corrects.number)} ${texts.reason(reason ?? '')} ${link(corrects.id, texts.seeCorrected)}
          </p>`
        : nothing
    }`;
  }

  private downloads({ jsonUrl, pdfUrl, xlsxUrl }: Disclosure): TemplateResult {
    const link = (href: string, text: string): TemplateResult =>
      html`<a class="chip" href=${href} download>${icon('down', 18)}${text}</a>`;
    return html`<section class="no-print">
      <h2>${texts.downloads}</h2>
      <div class="row">
        ${link(pdfUrl, texts.pdf)} ${link(xlsxUrl, texts.xlsx)} ${link(jsonUrl, texts.json)}
        <button class="chip" type="button" @click=${() => print()}>${icon('print', 18)}${texts.print}</button>
      </div>
    </section>`;
  }

  private others(all: readonly Listed[], current: string | null): TemplateResult {
    return othersSection({
      all,
      current,
      feedUrl: `${this.mount}/disclosure/corrections.json`,
      href: (id) => this.address.href({ disclosure: id }),
      follow: (id) => (event) => {
        this.address.follow({ disclosure: id })(event);
        if (event.defaultPrevented) this.scrollIntoView({ block: 'start' });
      },
    });
  }

  /** Where the zone is mounted: its GraphQL endpoint lies right below. */
  private get mount(): string {
    return this.endpoint.replace(/\/graphql$/, '');
  }

  private get verifyUrl(): string {
    return `${this.mount}/verify`;
  }

  private async copy(root: string): Promise<void> {
    this.said = await navigator.clipboard.writeText(root).then(
      () => texts.copied,
      () => texts.copyFailed,
    );
  }
}

definePage('aixin-disclosure', AixinDisclosure);
