import { html, nothing, type TemplateResult } from 'lit';
import { batchesSection, receivedSection } from './book-parts.js';
import type { Content } from './disclosure.documents.js';
import { countiesSection, donorsSection, flowSection, moneyFigures, monthsSection } from './money-parts.js';
import { agreementsSection, openSection, projectsSection } from './use-parts.js';

/** All that a disclosure says, the same for its page and for who checks the draft. */
export const contentView = (content: Content): TemplateResult =>
  html`${moneyFigures(content)} ${flowSection(content)} ${projectsSection(content)}
    <div class="columns">
      ${monthsSection(content)}
      <div class="stack">
        ${content.counties.length === 0 ? nothing : countiesSection(content)} ${donorsSection(content)}
      </div>
    </div>
    ${openSection(content)} ${receivedSection(content)} ${batchesSection(content)} ${agreementsSection(content)}`;
