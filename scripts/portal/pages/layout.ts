import type { Person } from '../people.js';
import { type Html, html } from './html.js';

export const PORTAL_NAME = '机关智慧党建平台';

const SECTIONS = [
  { path: '/study', text: '学习' },
  { path: '/meetings', text: '组织生活' },
  { path: '/dues', text: '党费' },
  { path: '/zone', text: '消费帮扶献爱心' },
  { path: '/models', text: '先进典型' },
] as const;

export interface PageFrame {
  readonly title: string;
  /** The path of the section that the page belongs to. */
  readonly section: string | null;
  readonly person: Person | null;
  /** The path to come back to after a sign-in. */
  readonly here: string;
  /** The page holds one of the zone's elements, which brings the main landmark itself and takes the room below. */
  readonly embeds?: boolean;
}

export function layout(frame: PageFrame, content: Html): string {
  const { title, section, person } = frame;
  const page = html`<!doctype html>
    <html lang="zh-CN">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width,initial-scale=1" />
        <meta name="description" content="${PORTAL_NAME}：党员学习、组织生活和消费扶贫献爱心专区（演示）" />
        <title>${title === PORTAL_NAME ? title : `${title} · ${PORTAL_NAME}`}</title>
        <link rel="icon" href="/portal.svg" type="image/svg+xml" />
        <link rel="stylesheet" href="/portal.css" />
        <script src="/portal.js" defer></script>
      </head>
      <body class="${frame.embeds ? 'embeds' : ''}">
        <a class="skip" href="#content">跳到正文</a>
        <header class="bar">
          <div>
            <a class="brand" href="/">${PORTAL_NAME}</a>
            <nav aria-label="门户栏目">
              ${SECTIONS.map(({ path, text }) =>
                path === section
                  ? html`<a href="${path}" aria-current="page">${text}</a>`
                  : html`<a href="${path}">${text}</a>`,
              )}
            </nav>
            <div class="me">
              ${me(person, frame.here)}<button class="quiet" id="large-type" type="button" aria-pressed="false">
                关怀版
              </button>
            </div>
          </div>
        </header>
        ${frame.embeds ? html`<div id="content" tabindex="-1">${content}</div>` : html`<main id="content" tabindex="-1">${content}</main>`}
        <footer>${PORTAL_NAME}（演示） · 人员、组织均为虚构</footer>
      </body>
    </html>`;
  return page.markup;
}

function me(person: Person | null, here: string): Html {
  const signIn = `/login?returnTo=${encodeURIComponent(here)}`;
  if (!person) return html`<a class="quiet" href="${signIn}">登录</a>`;
  return html`<span><span class="place">${person.place} · </span>${maskedName(person.displayName)}</span>
    <a class="quiet" href="${signIn}">切换身份</a>
    <form method="post" action="/logout"><button class="quiet" type="submit">退出</button></form>`;
}

/** 张小三 → 张*三, as the portal shows names on pages that others may see over the shoulder. */
export function maskedName(name: string): string {
  const characters = [...name];
  return `${characters[0] ?? ''}*${characters.length > 2 ? (characters.at(-1) ?? '') : ''}`;
}
