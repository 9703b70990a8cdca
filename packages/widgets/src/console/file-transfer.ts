import type { TokenProvider } from '../client/index.js';
import { besideEndpoint, saveBlob } from '../kit/files.js';
import { consoleTexts } from '../texts/console.js';

/** A file that the zone keeps. */
export interface StoredFile {
  /** What mutations take as `fileId`. */
  readonly id: string;
  readonly name: string;
  readonly contentType: string;
  readonly sizeBytes: number;
  readonly sha256: string;
}

/** Where the zone is, and who asks. */
export interface Road {
  /** The GraphQL endpoint: files lie beside it. */
  readonly endpoint: string;
  readonly tokenProvider: TokenProvider | undefined;
}

/** Thrown with a sentence for the person. */
export class TransferProblem extends Error {}

export interface Upload extends Road {
  readonly file: File;
  /** What it is for; the server bounds its kind and size by that, and who may send it. */
  readonly purpose: string;
  /** 0 … 100 */
  readonly progress?: (percent: number) => void;
  readonly signal?: AbortSignal;
}

/**
 * Sends a file to `POST <mount>/files?name=…&purpose=…`, its bytes as the body. By XMLHttpRequest, because `fetch` tells nothing of how far
 * it is. A token that was refused is asked for once anew.
 */
export const uploadFile = async (upload: Upload): Promise<StoredFile> => {
  const first = await attempt(upload, false);
  const answer = first.status === 401 && upload.tokenProvider ? await attempt(upload, true) : first;
  const body = jsonOf(answer.text);
  if (answer.status >= 200 && answer.status < 300 && isStored(body)) return body;
  throw new TransferProblem(messageOf(body) ?? consoleTexts.file.refused(answer.status));
};

const attempt = async (upload: Upload, refresh: boolean): Promise<{ status: number; text: string }> => {
  const token = await upload.tokenProvider?.({ refresh });
  const { file, purpose, progress, signal } = upload;
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const query = new URLSearchParams({ name: file.name, purpose });
    request.open('POST', `${besideEndpoint(upload.endpoint, 'files')}?${query.toString()}`);
    if (token) request.setRequestHeader('authorization', `Bearer ${token}`);
    request.setRequestHeader('content-type', 'application/octet-stream');
    request.upload.onprogress = ({ loaded, total }) => progress?.(total > 0 ? Math.trunc((loaded / total) * 100) : 0);
    request.onload = () => resolve({ status: request.status, text: request.responseText });
    request.onerror = () => reject(new TransferProblem(consoleTexts.file.offline));
    request.onabort = () => reject(new DOMException('upload cancelled', 'AbortError'));
    signal?.addEventListener('abort', () => request.abort(), { once: true });
    request.send(file);
  });
};

const jsonOf = (text: string): unknown => {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
};

const isStored = (body: unknown): body is StoredFile =>
  typeof body === 'object' && body !== null && 'id' in body && 'sha256' in body;

/** The server's own sentence, where it gave one. */
const messageOf = (body: unknown): string | null =>
  typeof body === 'object' && body !== null && 'message' in body && typeof body.message === 'string'
    ? body.message
    : null;

/** Fetches what lies beside the endpoint (`files/<id>`, an export) with the person's token, and saves it. */
export const downloadFile = async (road: Road, path: string, fileName: string): Promise<void> => {
  const blob = await (await fetched(road, path)).blob();
  saveBlob(blob, fileName);
};

const fetched = async ({ endpoint, tokenProvider }: Road, path: string): Promise<Response> => {
  const ask = async (refresh: boolean): Promise<Response> => {
    const token = await tokenProvider?.({ refresh });
    try {
      return await fetch(besideEndpoint(endpoint, path), {
        headers: token ? { authorization: `Bearer ${token}` } : {},
      });
    } catch {
      throw new TransferProblem(consoleTexts.file.notDownloaded);
    }
  };
  const first = await ask(false);
  const answer = first.status === 401 && tokenProvider ? await ask(true) : first;
  if (answer.ok) return answer;
  throw new TransferProblem(messageOf(jsonOf(await answer.text())) ?? consoleTexts.file.notDownloaded);
};

const UNITS = ['B', 'kB', 'MB', 'GB'] as const;

/** 1536000 → "1.5 MB", cut to one decimal. */
export const sizeText = (sizeBytes: number): string => {
  let unit = 0;
  let tenths = sizeBytes * 10;
  while (tenths >= 10_000 && unit < UNITS.length - 1) {
    tenths = Math.trunc(tenths / 1000);
    unit += 1;
  }
  const whole = String(Math.trunc(tenths / 10));
  return `${tenths % 10 === 0 || unit === 0 ? whole : `${whole}.${String(tenths % 10)}`} ${UNITS[unit] ?? ''}`;
};
