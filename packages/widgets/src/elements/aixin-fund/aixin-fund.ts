import type { Task } from '@lit/task';
import { html, nothing, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import { html as staticHtml, unsafeStatic } from 'lit/static-html.js';
import { ClientProblem, isAbort } from '../../client/index.js';
import { ConsoleElement } from '../../console/console-element.js';
import { addressWith, isPlainClick, moveTo, PageQuery } from '../../console/page-query.js';
import { definePage, taskOf } from '../../kit/page.js';
import { dotted, emptyState, skeleton } from '../../kit/parts.js';
import { fundShellTexts } from '../../texts/fund-shell.js';
import { fundShellStyles } from './aixin-fund.styles.js';
import { FundShellQuery, type FundShell, type FundWaiting, FundWaitingQuery } from './shell.documents.js';
import { tabsFor, type TabDefinition } from './tabs.js';
import { FundTab, type FundRights } from './tabs/fund-tab.js';

const BONES = [64, 110, 220, 360];

/**
 * 基金管理: the charity fund's console, a tab for each part of the work. Which tab is shown stands in the page's address
 * (`?tab=batches`), and so does what the tab shows; each tab is loaded when it is first opened.
 *
 * @attr endpoint, theme, large-type, @prop tokenProvider, @fires aixin-sign-in - as on every element of the zone
 */
export class AixinFund extends ConsoleElement {
  static override styles = [...ConsoleElement.styles, fundShellStyles];

  @state() private counts: Partial<FundWaiting> = {};
  /** The tab whose module has arrived; until then the last one stays, so nothing flickers. */
  @state() private ready: TabDefinition | undefined;
  @state() private failure: unknown;
  private wanted: TabDefinition | undefined;
  /** The tab that was brought into sight, and the badges that made the bar as wide as it was then. */
  private inSight = '';
  private readonly address = new PageQuery<'tab'>(this, ['tab']);

  private readonly shell: Task<readonly unknown[], FundShell> = taskOf(
    this,
    async (_args, { signal }) => {
      const answer = await this.client.send(FundShellQuery, {}, { signal });
      if (!answer.me) throw new ClientProblem('signed-out', 'the fund is shown to its administrators');
      return answer;
    },
    () => [this.endpoint, this.tokenProvider] as const,
  );

  /** One place says what waits for whom; without an answer there are no badges, and nothing else is missing. */
  private readonly waiting: Task<readonly unknown[], void> = taskOf(
    this,
    async (_args, { signal }) => {
      const rights = rightsOf(this.shell.value?.me?.capabilities ?? []);
      if (!rights.maker && !rights.checker) return;
      this.counts = (await this.client.send(FundWaitingQuery, {}, { signal })).fundWaiting;
    },
    () => [this.shell.value] as const,
  );

  protected override render(): TemplateResult {
    const drawn = this.shell.render({
      initial: () => this.pending(),
      pending: () => (this.shell.value ? this.console(this.shell.value) : this.pending()),
      complete: (shell) => this.console(shell),
      error: (reason) =>
        isAbort(reason)
          ? this.pending()
          : html`<div class="page">${this.problem(reason, () => void this.shell.run())}</div>`,
    });
    return html`<div role="main">${drawn}</div>`;
  }

  private pending(): TemplateResult {
    return html`<div class="page">${skeleton(BONES)}</div>`;
  }

  private console({ me, fund }: FundShell): TemplateResult {
    const rights = rightsOf(me?.capabilities ?? []);
    const tabs = tabsFor(rights);
    const current = tabs.find(({ name }) => name === this.address.get('tab')) ?? tabs[0];
    if (!current) {
      return html`<div class="page">
        ${emptyState({ icon: 'person', title: fundShellTexts.deniedTitle, text: fundShellTexts.deniedText })}
      </div>`;
    }
    this.bring(current);
    return html`<div
      class="page"
      @aixin-fund-moved=${() => this.requestUpdate()}
      @aixin-fund-changed=${() => void this.waiting.run()}
    >
      <div class="top">
        <div>
          <p class="sub">${dotted([...(fund?.name ? [fund.name] : []), ...rolesOf(rights)])}</p>
          <h1>${isOnlySponsor(rights) ? fundShellTexts.sponsorTitle : fundShellTexts.title}</h1>
        </div>
        ${this.tabBar(tabs, current)}
      </div>
      ${this.panel(current, rights, me?.id ?? '')}
    </div>`;
  }

  /** Loads a tab's module, then shows it. A slow one that was left meanwhile does not take the place of the newer one. */
  private bring(tab: TabDefinition, again = false): void {
    if (this.wanted?.name === tab.name && !again) return;
    // Others work, too: what waits is asked again whenever a tab is opened.
    if (this.wanted) void this.waiting.run();
    this.wanted = tab;
    tab.load().then(
      () => {
        if (this.wanted?.name !== tab.name) return;
        this.failure = undefined;
        this.ready = tab;
      },
      (reason: unknown) => {
        if (this.wanted?.name === tab.name) this.failure = reason;
      },
    );
  }

  /** Where a tab is, without what the present one keeps in the address. */
  private hrefOf({ name }: TabDefinition): string {
    const shown = this.renderRoot.querySelector('#panel > *');
    const own = shown instanceof FundTab ? [...shown.addressNames] : [];
    return addressWith({ ...Object.fromEntries(own.map((each) => [each, null])), tab: name });
  }

  private openTab(tab: TabDefinition, event: MouseEvent): void {
    if (!isPlainClick(event)) return;
    event.preventDefault();
    moveTo(this.hrefOf(tab));
    this.requestUpdate();
  }

  private tabBar(tabs: readonly TabDefinition[], current: TabDefinition): TemplateResult {
    return html`<div class="tabs" role="tablist" aria-label=${fundShellTexts.tabsLabel} @keydown=${this.onKey}>
      ${tabs.map((tab) => {
        const count = waitingIn(this.counts, tab.name);
        const selected = tab.name === current.name;
        return html`<a
          role="tab"
          id="tab-${tab.name}"
          href=${this.hrefOf(tab)}
          aria-selected=${selected ? 'true' : 'false'}
          aria-controls="panel"
          tabindex=${selected ? 0 : -1}
          @click=${(event: MouseEvent) => this.openTab(tab, event)}
          >${tab.text}${
            count > 0
              ? html`<span class="count num" aria-hidden="true">${count > 99 ? '99+' : count}</span
                  ><span class="sr">${fundShellTexts.waiting(count)}</span>`
              : nothing
          }</a
        >`;
      })}
    </div>`;
  }

  /** Arrows move the focus along the tabs; Enter or space opens: a tab that loads should not open by passing it. */
  private readonly onKey = (event: KeyboardEvent): void => {
    const tabs = [...this.renderRoot.querySelectorAll<HTMLElement>('[role=tab]')];
    const at = tabs.findIndex((tab) => tab === event.target);
    const last = tabs.length - 1;
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: last }[event.key];
    if (event.key === ' ' && at !== -1) {
      event.preventDefault();
      tabs[at]?.click();
    }
    if (to === undefined || at === -1) return;
    event.preventDefault();
    const next = tabs[to < 0 ? last : to > last ? 0 : to];
    next?.focus();
    next?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  };

  private panel(current: TabDefinition, rights: FundRights, memberId: string): TemplateResult {
    return html`<div id="panel" role="tabpanel" aria-labelledby="tab-${current.name}">
      ${
        this.failure !== undefined
          ? this.problem(this.failure, () => this.bring(current, true))
          : this.ready
            ? this.tab(this.ready, rights, memberId)
            : skeleton(BONES)
      }
    </div>`;
  }

  private tab({ tag }: TabDefinition, rights: FundRights, memberId: string): TemplateResult {
    const tagName = unsafeStatic(tag);
    return staticHtml`<${tagName}
      .endpoint=${this.endpoint}
      .tokenProvider=${this.tokenProvider}
      .rights=${rights}
      .memberId=${memberId}
    ></${tagName}>`;
  }

  /** On a phone the bar scrolls: the tab that was opened is in sight, and nothing but the bar moves. */
  protected override updated(): void {
    const selected = this.renderRoot.querySelector<HTMLElement>('[role=tab][aria-selected=true]');
    const bar = selected?.parentElement;
    const state = `${this.wanted?.name ?? ''} ${JSON.stringify(this.counts)}`;
    if (!selected || !bar || this.inSight === state) return;
    this.inSight = state;
    bar.scrollLeft = selected.offsetLeft - bar.offsetLeft - (bar.clientWidth - selected.clientWidth) / 2;
  }
}

const waitingIn = (counts: Partial<FundWaiting>, tab: TabDefinition['name']): number =>
  tab in counts ? (counts[tab as keyof FundWaiting] ?? 0) : 0;

const rightsOf = (capabilities: readonly string[]): FundRights => ({
  maker: capabilities.includes('FUND_MAKE'),
  checker: capabilities.includes('FUND_CHECK'),
  auditor: capabilities.includes('AUDIT'),
  sponsor: capabilities.includes('SPONSOR'),
});

const isOnlySponsor = ({ maker, checker, auditor, sponsor }: FundRights): boolean =>
  sponsor && !maker && !checker && !auditor;

const rolesOf = (rights: FundRights): readonly string[] =>
  (['maker', 'checker', 'auditor', 'sponsor'] as const)
    .filter((role) => rights[role])
    .map((role) => fundShellTexts.roles[role]);

definePage('aixin-fund', AixinFund);
