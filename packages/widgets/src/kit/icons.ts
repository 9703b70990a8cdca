import { svg, html, type SVGTemplateResult, type TemplateResult } from 'lit';

/** Small line icons, drawn for the zone: 24 × 24, stroke 1.75, in the colour of the text. Always decoration: the text says it. */
const paths = {
  shelf: svg`<path d="M4 9.5 12 4l8 5.5V20h-5.5v-6h-5v6H4z"/>`,
  cart: svg`<path d="M3 4h2.4l2.3 11h10.2L20 8H6.3"/><circle cx="9" cy="19" r="1.4"/><circle cx="16.6" cy="19" r="1.4"/>`,
  heart: svg`<path d="M12 20s-7.5-4.4-7.5-10A4.3 4.3 0 0 1 12 7.2 4.3 4.3 0 0 1 19.5 10c0 5.6-7.5 10-7.5 10z"/>`,
  orders: svg`<path d="M6 3.5h12V21l-3-2-3 2-3-2-3 2z"/><path d="M9 8.5h6M9 12.5h6"/>`,
  search: svg`<circle cx="10.5" cy="10.5" r="6"/><path d="m15 15 5 5"/>`,
  minus: svg`<path d="M6 12h12"/>`,
  plus: svg`<path d="M6 12h12M12 6v12"/>`,
  cross: svg`<path d="m6 6 12 12M18 6 6 18"/>`,
  file: svg`<path d="M6 3.5h8l4 4V21H6z"/><path d="M14 3.5v4h4"/>`,
  down: svg`<path d="M12 4v11M7 11l5 5 5-5M5 20h14"/>`,
  check: svg`<path d="m5 12.5 4.5 4.5L19 7.5"/>`,
  back: svg`<path d="m14.5 5-7 7 7 7"/>`,
  next: svg`<path d="m9.5 5 7 7-7 7"/>`,
  leaf: svg`<path d="M5 19C5 9 11 5 20 5c0 9-4 14-12 14"/><path d="M5 19c2-5 5-8 9-10"/>`,
  coin: svg`<circle cx="12" cy="12" r="8"/><path d="m9 8 3 4 3-4M12 12v5M9.5 12.5h5M9.5 15h5"/>`,
  record: svg`<path d="M6 4h12v16H6z"/><path d="M9 9h6M9 13h6"/>`,
  truck: svg`<path d="M3 6h11v10H3zM14 10h4l3 3v3h-7z"/><circle cx="7" cy="17.5" r="1.6"/><circle cx="17" cy="17.5" r="1.6"/>`,
  print: svg`<path d="M7 9V4h10v5M7 17H4V9h16v8h-3"/><path d="M7 14h10v6H7z"/>`,
  basket: svg`<path d="M4 10h16l-1.6 9.5H5.6zM8.5 10 11 4.5M15.5 10 13 4.5"/><path d="M9.5 13.5v2.5M14.5 13.5v2.5"/>`,
  cloud: svg`<path d="M7 18a4 4 0 0 1-.5-7.97A5.5 5.5 0 0 1 17 9a4.5 4.5 0 0 1 0 9z"/><path d="m10 12 4 4M14 12l-4 4"/>`,
  person: svg`<circle cx="12" cy="8.5" r="3.5"/><path d="M5 20c.6-4 3.3-6 7-6s6.4 2 7 6"/>`,
  place: svg`<path d="M12 21s-6.5-6-6.5-11a6.5 6.5 0 0 1 13 0c0 5-6.5 11-6.5 11z"/><circle cx="12" cy="10" r="2.3"/>`,
} satisfies Record<string, SVGTemplateResult>;

export type IconName = keyof typeof paths;

/** From here on a line as thick as a small icon's would shout. */
const BIG_PX = 48;

export const icon = (name: IconName, sizePx = 22): TemplateResult =>
  html`<svg
    width=${sizePx}
    height=${sizePx}
    viewBox="0 0 24 24"
    fill="none"
    stroke="currentColor"
    stroke-width=${sizePx > BIG_PX ? 1 : 1.75}
    stroke-linecap="round"
    stroke-linejoin="round"
    aria-hidden="true"
  >
    ${paths[name]}
  </svg>`;
