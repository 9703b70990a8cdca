import { html, nothing, type TemplateResult } from 'lit';
import { ClientProblem, problemKind } from '../client/index.js';
import { common } from '../texts/common.js';
import { icon } from './icons.js';

export interface ProblemActions {
  readonly retry: () => void;
  /** Asks the host to sign the person in. */
  readonly signIn: () => void;
}

/** What stands in the place of a page or a part of it that did not come: why, and what to do. */
export const problemView = (reason: unknown, { retry, signIn }: ProblemActions): TemplateResult => {
  const kind = problemKind(reason);
  const { title, text } = common.problems[kind];
  const requestId = reason instanceof ClientProblem ? reason.requestId : undefined;
  return html`<div class="state card" role="alert">
    <span class="picture">${icon(kind === 'signed-out' || kind === 'denied' ? 'person' : 'cloud', 96)}</span>
    <p class="title">${title}</p>
    <p class="sub">${text}</p>
    ${kind === 'server' && requestId ? html`<p class="sub small num">${common.requestId(requestId)}</p>` : nothing}
    <div class="actions">
      ${
        kind === 'signed-out'
          ? html`<button class="btn" @click=${signIn}>${common.signIn}</button>`
          : html`<button class="btn ghost" @click=${retry}>${common.retry}</button>`
      }
    </div>
  </div>`;
};
