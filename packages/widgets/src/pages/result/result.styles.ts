import { css } from 'lit';

export const resultStyles = css`
  .narrow {
    max-width: 872px;
    margin: 0 auto;
  }
  .head {
    display: flex;
    gap: 16px;
    align-items: center;
    margin-bottom: 28px;
  }
  .head h1 {
    font-size: calc(var(--ax-size) * 1.75);
  }
  .seal {
    flex: none;
    display: grid;
    place-items: center;
    width: 48px;
    height: 48px;
    border-radius: 16px;
    background: var(--ax-leaf-fill);
    color: #fff;
  }
  .seal.plain {
    background: var(--ax-raised);
    color: var(--ax-ink-2);
    border: 1px solid var(--ax-line);
  }
  .seal.waiting {
    background: var(--ax-gold-soft);
    color: var(--ax-gold);
    animation: breathe 1.6s ease-in-out infinite alternate;
  }
  .three {
    display: grid;
    grid-template-columns: repeat(3, 1fr);
    gap: 20px;
  }
  .three .card {
    display: flex;
    flex-direction: column;
    animation: arrive 0.5s ease-out backwards;
  }
  .three .card:nth-child(2) {
    animation-delay: 0.12s;
  }
  .three .card:nth-child(3) {
    animation-delay: 0.24s;
  }
  @keyframes arrive {
    from {
      opacity: 0;
      transform: translateY(8px);
    }
  }
  .three .big {
    font-size: calc(var(--ax-size) * 1.875);
    margin: 6px 0 4px;
  }
  .k {
    margin: 0;
    font: 600 var(--ax-t13) / 1.5 var(--ax-sans);
  }
  .org {
    display: block;
    color: var(--ax-ink);
    font-weight: 600;
  }
  .three .link {
    margin-top: auto;
    padding-top: 12px;
    min-height: 32px;
    align-self: flex-start;
  }
  .why li {
    padding-left: 1em;
    text-indent: -1em;
  }
  .why li::before {
    content: '· ';
  }
  summary {
    cursor: pointer;
    margin-top: 8px;
  }
  .states {
    display: flex;
    flex-wrap: wrap;
    gap: 6px;
    margin-top: 8px;
  }
  .after {
    margin-top: 16px;
  }
  .one-way + .one-way {
    margin-top: 24px;
    padding-top: 20px;
    border-top: 1px solid var(--ax-line);
  }
  .one-way > p {
    margin-top: 8px;
  }
  .tight {
    padding-block: 6px 20px;
  }
  .slow {
    margin-top: 20px;
  }
  .actions {
    display: flex;
    flex-wrap: wrap;
    gap: 12px;
    margin-top: 24px;
  }
  @media (max-width: 640px) {
    .head {
      align-items: flex-start;
      margin-bottom: 20px;
    }
    .head h1 {
      font-size: var(--ax-t26);
    }
    .three {
      grid-template-columns: 1fr;
      gap: 12px;
    }
    .actions .btn {
      flex: 1 1 auto;
    }
  }
`;
