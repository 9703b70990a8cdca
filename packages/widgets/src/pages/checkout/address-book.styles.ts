import { css } from 'lit';

export const addressBookStyles = css`
  .addresses {
    display: grid;
    gap: 10px;
  }
  .address {
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto;
    gap: 4px 12px;
    padding: 12px 16px;
    border: 1px solid var(--ax-line);
    border-radius: var(--ax-radius-s);
  }
  .address:has(input:checked) {
    border-color: var(--ax-leaf);
    background: var(--ax-leaf-soft);
  }
  .address-form {
    display: grid;
    grid-template-columns: 1fr 1fr;
    gap: 16px;
  }
  .address-form > .check,
  .address-form > .row,
  .address-form > .note,
  .detail {
    grid-column: 1 / -1;
  }
  .removed {
    margin-block: 0 10px;
  }
  .edit {
    padding: 16px;
    border: 1px solid var(--ax-line);
    border-radius: var(--ax-radius-s);
  }
  @media (max-width: 640px) {
    .address,
    .address-form {
      grid-template-columns: minmax(0, 1fr);
    }
  }
`;
