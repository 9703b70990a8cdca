import { type Verdict, verifyProof } from '@aixin/proof';
import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { baseStyles } from '../../kit/base.js';
import { icon } from '../../kit/icons.js';
import { dropBoxStyles } from '../../kit/styles/drop-box.js';
import { tokens } from '../../kit/tokens.js';
import { verifyTexts as texts } from '../../texts/verify.js';
import { verifyStyles } from './aixin-verify.styles.js';
import { verifyResult } from './verify-result.js';

/** The largest pack is a few million characters; more would only make the page stand still. */
const MOST_BYTES = 50_000_000;
const ROOT_HEX = /^[0-9a-fA-F]{64}$/;

type Kind = 'proof' | 'pack';

interface Taken {
  readonly name: string;
  readonly text: string;
}

/**
 * 核对一元钱: checks the proof of a matched yuan against the published disclosure. It asks no server and sends nothing: it
 * works in a portal's page and as the file `verify.html` on a machine without a network. Where `packs` is given it fetches the
 * published pack that a proof names, and nothing else; a proof may come in the address behind `#`, which no server sees.
 *
 * @attr packs - address of the folder of published packs, with its last slash
 * @attr theme - `light` (default), `dark`, or `auto` to follow the system
 * @attr large-type - 关怀版: everything a quarter larger
 */
export class AixinVerify extends LitElement {
  static override styles = [tokens, ...baseStyles, dropBoxStyles, verifyStyles];

  @property({ reflect: true }) theme: 'light' | 'dark' | 'auto' = 'light';
  @property({ type: Boolean, reflect: true, attribute: 'large-type' }) largeType = false;

  /** Where published packs lie, `/help/disclosure/`; without it the page asks nobody for anything. */
  @property() packs = '';

  @state() private files: Partial<Record<Kind, Taken>> = {};
  @state() private root = '';
  @state() private problem: string | null = null;
  @state() private verdict: Verdict | null = null;
  @state() private over = false;
  @query('input[type=file]') private input!: HTMLInputElement;
  /** Packs that were asked for: what was taken out again is not brought back. */
  private readonly asked = new Set<string>();
  /** Only the newest check may show its result. */
  private round = 0;

  private async take(list: FileList | null | undefined): Promise<void> {
    this.problem = null;
    for (const file of list ?? []) this.problem ??= await this.read(file);
    this.input.value = '';
    await this.check();
  }

  /** What is wrong with the file, in a sentence; null where it was taken. */
  private async read(file: File): Promise<string | null> {
    if (file.size > MOST_BYTES) return texts.tooLarge(file.name);
    const text = await file.text().catch(() => null);
    if (text === null) return texts.unreadableFile(file.name);
    const kind = kindOf(text, file.name);
    if (!kind) return texts.unknown(file.name);
    this.files = { ...this.files, [kind]: { name: file.name, text } };
    return null;
  }

  private async check(): Promise<void> {
    const { proof, pack } = this.files;
    this.round += 1;
    const { round } = this;
    const root = this.root.replace(/\s+/g, '');
    const verdict = proof
      ? await verifyProof(proof.text, {
          ...(pack ? { packText: pack.text } : {}),
          ...(ROOT_HEX.test(root) ? { rootHex: root } : {}),
        })
      : null;
    if (round !== this.round) return;
    this.verdict = verdict;
    const isAlone = verdict?.fault === null && verdict.against === 'nothing';
    if (isAlone && verdict.proof) await this.fetchPack(verdict.proof.pack.packId);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    const proof = fromHash(location.hash);
    if (proof === null) return;
    this.files = { proof: { name: texts.proofName, text: proof } };
    void this.check();
  }

  /** The pack that the proof names, where it lies beside this page; a person can put it in as well. */
  private async fetchPack(packId: string): Promise<void> {
    if (this.packs === '' || this.asked.has(packId)) return;
    this.asked.add(packId);
    const text = await fetch(`${this.packs}${encodeURIComponent(packId)}.json`)
      .then((answer) => (answer.ok ? answer.text() : null))
      .catch(() => null);
    if (text === null || this.files.pack) return;
    this.files = { ...this.files, pack: { name: texts.fetched(packId), text } };
    await this.check();
  }

  private takeOut(kind: Kind): void {
    const { [kind]: _removed, ...others } = this.files;
    this.files = others;
    void this.check();
    this.input.focus();
  }

  private readonly onDrag = (event: DragEvent): void => {
    event.preventDefault();
    this.over = event.type === 'dragover';
  };

  private readonly onDrop = (event: DragEvent): void => {
    event.preventDefault();
    this.over = false;
    void this.take(event.dataTransfer?.files);
  };

  private readonly onRoot = (event: InputEvent): void => {
    this.root = (event.target as HTMLInputElement).value;
    void this.check();
  };

  protected override render(): TemplateResult {
    return html`<div class="page" role="main">
      <h1>${texts.title}</h1>
      <p class="lead">${texts.lead}</p>
      <p class="privacy">${icon('leaf', 20)}<span>${texts.privacy}</span></p>
      <div class="card pad inputs no-print">${this.fileField()} ${this.rootField()}</div>
      <h2>${texts.result}</h2>
      <div role="status" aria-atomic="true">
        ${
          this.verdict
            ? verifyResult(this.verdict)
            : html`<p class="card idle">${this.files.pack ? texts.onlyPack : texts.waiting}</p>`
        }
      </div>
      <h2>${texts.meaning}</h2>
      <div class="meaning">${texts.meaningText.map((text) => html`<p>${text}</p>`)}</div>
    </div>`;
  }

  private fileField(): TemplateResult {
    return html`<div class="field">
      <span class="label">${texts.filesLabel}</span>
      <div
        class=${this.over ? 'drop over' : 'drop'}
        @dragover=${this.onDrag}
        @dragleave=${this.onDrag}
        @drop=${this.onDrop}
      >
        <span class="sub drop-words">${texts.drop}</span>
        <label class="btn pick"
          >${texts.pick}<input
            class="sr"
            type="file"
            multiple
            accept=".json,application/json"
            aria-label=${`${texts.pick}：${texts.filesLabel}`}
            aria-describedby=${this.problem ? 'hint problem' : 'hint'}
            @change=${() => void this.take(this.input.files)}
        /></label>
      </div>
      <p class="hint" id="hint">${texts.hint}</p>
      ${this.problem ? html`<p class="wrong" role="alert" id="problem">${this.problem}</p>` : nothing}
      <ul class="files">
        ${this.taken('proof', texts.proofFile)}${this.taken('pack', texts.packFile)}
      </ul>
    </div>`;
  }

  private taken(kind: Kind, what: string): TemplateResult | typeof nothing {
    const file = this.files[kind];
    if (!file) return nothing;
    return html`<li>
      ${icon('file', 20)}
      <span class="name"><b>${what}</b> <span class="sub small">${file.name}</span></span>
      <button type="button" class="square" aria-label=${texts.remove(what)} @click=${() => this.takeOut(kind)}>
        ${icon('cross', 18)}
      </button>
    </li>`;
  }

  private rootField(): TemplateResult {
    const wrong = this.root.trim() !== '' && !ROOT_HEX.test(this.root.replace(/\s+/g, ''));
    return html`<div class="field">
      <label for="root">${texts.rootLabel}</label>
      <input
        id="root"
        class="input mono"
        autocomplete="off"
        autocapitalize="off"
        spellcheck="false"
        aria-invalid=${wrong ? 'true' : 'false'}
        aria-describedby=${wrong ? 'root-hint root-wrong' : 'root-hint'}
        .value=${this.root}
        @input=${this.onRoot}
      />
      <p class="hint" id="root-hint">${texts.rootHint}</p>
      ${wrong ? html`<p class="wrong" id="root-wrong">${texts.rootWrong}</p>` : nothing}
    </div>`;
  }
}

/** A proof is short enough for an address; what stands behind `#` never leaves the browser. */
function fromHash(hash: string): string | null {
  const coded = /^#proof=([\w-]+)$/.exec(hash)?.[1];
  if (coded === undefined) return null;
  try {
    const bytes = Uint8Array.from(atob(coded.replace(/-/g, '+').replace(/_/g, '/')), (char) => char.charCodeAt(0));
    return new TextDecoder().decode(bytes);
  } catch {
    return null;
  }
}

/** A file that was damaged until it cannot be read is told by its name: the check then says what is wrong with it. */
function kindOf(text: string, name: string): Kind | null {
  const starts = text.slice(0, 200_000);
  if (starts.includes('"aixin-yuan"') || /proof|证明/i.test(name)) return 'proof';
  return starts.includes('"aixin-disclosure/') || /pack|disclosure|公示/i.test(name) ? 'pack' : null;
}

if (!customElements.get('aixin-verify')) customElements.define('aixin-verify', AixinVerify);
