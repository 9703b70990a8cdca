import { LitElement, html, nothing, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { isAbort, type TokenProvider } from '../client/index.js';
import { baseStyles } from '../kit/base.js';
import { icon } from '../kit/icons.js';
import { definePage } from '../kit/page.js';
import { dropBoxStyles } from '../kit/styles/drop-box.js';
import { consoleTexts } from '../texts/console.js';
import { fileDropStyles } from './file-drop.styles.js';
import { sizeText, TransferProblem, uploadFile, type StoredFile } from './file-transfer.js';

const { file: texts } = consoleTexts;

/** What no purpose allows is told before the wire is filled; the server knows the bound of each. */
const MOST_BYTES = 1_000_000_000;

/** The list of files changed: one arrived, or was taken away. */
export class FilesChanged extends Event {
  static readonly type = 'aixin-files-changed';
  readonly files: readonly StoredFile[];

  constructor(files: readonly StoredFile[]) {
    super(FilesChanged.type);
    this.files = files;
  }
}

/**
 * A place to drop or choose files. Each is sent to `<mount>/files` at once, with progress; what arrived is shown with size
 * and SHA-256, and given to `aixin-files-changed` (`event.files`): keep their `id` for the mutation's `fileId`.
 *
 * ```ts
 * html`<aixin-file-drop label=${texts.file} purpose="receipt" accept=".pdf,.png,.jpg" .road=${this.road}
 *   @aixin-files-changed=${({ files }: FilesChanged) => (this.fileIds = files.map(({ id }) => id))}></aixin-file-drop>`
 * ```
 * @attr label - what file is wanted; the name of the field
 * @attr hint - formats, size, where to find it
 * @attr purpose - one of the server's `FILE_PURPOSES`
 * @attr accept - as on `<input type=file>`: `.csv,.xlsx`
 * @attr multiple - more than one
 * @prop road - endpoint and token: `FundTab.road`
 */
export class FileDrop extends LitElement {
  static override styles = [...baseStyles, dropBoxStyles, fileDropStyles];

  @property() label = '';
  @property() hint = '';
  @property() purpose = '';
  @property() accept = '';
  @property({ type: Boolean }) multiple = false;
  @property({ attribute: false }) road: { endpoint: string; tokenProvider: TokenProvider | undefined } | undefined;
  @property({ attribute: false }) files: readonly StoredFile[] = [];
  /** What is wrong with the field, from the server or the form. */
  @property() error: string | null = null;

  @state() private sending: { name: string; percent: number } | null = null;
  @state() private wrong: string | null = null;
  @state() private over = false;
  @query('input') private input!: HTMLInputElement;
  private cancel: AbortController | undefined;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.cancel?.abort();
  }

  private problemOf({ name, size }: File): string | null {
    const kinds = this.accept.split(',').map((kind) => kind.trim().toLowerCase());
    const fits = !this.accept || kinds.some((kind) => !kind.startsWith('.') || name.toLowerCase().endsWith(kind));
    if (!fits) return texts.wrongType(name, this.accept.replaceAll('.', ' ').toUpperCase().trim());
    if (size === 0) return texts.empty(name);
    return size > MOST_BYTES ? texts.tooLarge(name, sizeText(MOST_BYTES)) : null;
  }

  private async take(list: FileList | null | undefined): Promise<void> {
    if (!list || this.sending || !this.road) return;
    for (const file of [...list].slice(0, this.multiple ? list.length : 1)) {
      this.wrong = this.problemOf(file);
      if (this.wrong !== null || !(await this.send(file))) return;
    }
  }

  /** False where it did not arrive: the rest is not tried then, the person decides. */
  private async send(file: File): Promise<boolean> {
    if (!this.road) return false;
    const { name } = file;
    this.cancel = new AbortController();
    this.sending = { name, percent: 0 };
    try {
      const stored = await uploadFile({
        ...this.road,
        file,
        purpose: this.purpose,
        signal: this.cancel.signal,
        progress: (percent) => (this.sending = { name, percent }),
      });
      this.change(this.multiple ? [...this.files, stored] : [stored]);
      return true;
    } catch (reason) {
      if (!isAbort(reason)) this.wrong = reason instanceof TransferProblem ? reason.message : texts.offline;
      return false;
    } finally {
      this.sending = null;
      this.input.value = '';
    }
  }

  private change(files: readonly StoredFile[]): void {
    this.files = files;
    this.dispatchEvent(new FilesChanged(files));
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

  protected override render(): TemplateResult {
    const wrong = this.wrong ?? this.error;
    return html`<div class="field">
      <span class="label" id="label">${this.label}</span>
      <div
        class=${this.over ? 'drop over' : 'drop'}
        @dragover=${this.onDrag}
        @dragleave=${this.onDrag}
        @drop=${this.onDrop}
      >
        ${this.sending ? this.progress(this.sending) : this.chooser()}
      </div>
      ${this.hint ? html`<p class="hint" id="hint">${this.hint}</p>` : nothing}
      ${wrong ? html`<p class="wrong" role="alert" id="wrong">${wrong}</p>` : nothing}
      ${
        this.files.length > 0
          ? html`<ul class="files">
              ${this.files.map((file) => this.stored(file))}
            </ul>`
          : nothing
      }
      <span class="sr" role="status">${this.files.map(({ name }) => texts.sent(name)).join('；')}</span>
    </div>`;
  }

  private chooser(): TemplateResult {
    return html`<span class="sub drop-words">${texts.drop}</span>
      <label class="btn ghost small choose"
        >${texts.choose}<input
          class="sr"
          type="file"
          accept=${this.accept || nothing}
          ?multiple=${this.multiple}
          aria-label=${`${this.label}：${texts.choose}`}
          aria-describedby=${[this.hint && 'hint', (this.wrong ?? this.error) && 'wrong'].filter(Boolean).join(' ') || nothing}
          @change=${() => void this.take(this.input.files)}
      /></label>`;
  }

  private progress({ name, percent }: { name: string; percent: number }): TemplateResult {
    return html`<div class="sending">
      <span class="small" id="sending">${texts.sending(name, percent)}</span>
      <progress max="100" value=${percent} aria-labelledby="sending"></progress>
      <input class="sr" type="file" tabindex="-1" aria-hidden="true" disabled />
      <button type="button" class="text-btn" @click=${() => this.cancel?.abort()}>${texts.cancel}</button>
    </div>`;
  }

  private stored({ id, name, sizeBytes, sha256 }: StoredFile): TemplateResult {
    return html`<li>
      ${icon('file', 20)}
      <div class="what">
        <b>${name}</b> <span class="sub small num">${sizeText(sizeBytes)}</span>
        <span class="sub hash">${texts.sha256}<br /><code>${sha256}</code></span>
      </div>
      <button
        type="button"
        class="square"
        aria-label=${texts.remove(name)}
        @click=${() => this.change(this.files.filter((each) => each.id !== id))}
      >
        ${icon('cross', 18)}
      </button>
    </li>`;
  }
}

definePage('aixin-file-drop', FileDrop);
