import { css, svg, html, type TemplateResult } from 'lit';

interface CapBar {
  /** What a screen reader says for it, with all its figures. */
  readonly label: string;
  readonly capFen: number;
  /** Used of the cap, in this order from the left: `matched`, then what is only `held`. */
  readonly matchedFen: number;
  readonly heldFen?: number;
}

/** How much of a cap is used, the same wherever one is drawn; the pale rest is left. Drawn, never counted with. */
export const capBar = ({ label, capFen, matchedFen, heldFen = 0 }: CapBar): TemplateResult => {
  const part = (fen: number): number => (capFen > 0 ? (Math.max(0, fen) / capFen) * 100 : 0);
  return html`<svg class="bar-track" role="img" aria-label=${label}>
    ${svg`<rect class="matched" x="0" width="${part(matchedFen)}%" height="100%" />
      <rect class="held" x="${part(matchedFen)}%" width="${part(heldFen)}%" height="100%" />`}
  </svg>`;
};

/** The colours of the bar, and of the words that stand for them. */
export const capBarStyles = css`
  .matched {
    fill: var(--ax-leaf-fill);
  }
  .held {
    fill: var(--ax-gold);
  }
  .swatch.matched {
    background: var(--ax-leaf-fill);
  }
  .swatch.held {
    background: var(--ax-gold);
  }
`;
