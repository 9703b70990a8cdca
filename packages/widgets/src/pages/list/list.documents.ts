import { graphql, type ResultOf } from '../../client/index.js';
import { ProductCard } from '../../shop/product-card.documents.js';

export const ListFrame = graphql(`
  query ListFrame {
    counties {
      code
      name
    }
    categories {
      key
      name
    }
  }
`);

export const ListProducts = graphql(
  `
    query ListProducts(
      $first: Int!
      $after: String
      $county: String
      $category: String
      $charityItem: Boolean
      $text: String
      $sort: ProductSort
    ) {
      products(
        first: $first
        after: $after
        county: $county
        category: $category
        charityItem: $charityItem
        text: $text
        sort: $sort
      ) {
        totalCount
        pageInfo {
          hasNextPage
          endCursor
        }
        edges {
          node {
            ...ProductCard
          }
        }
      }
    }
  `,
  [ProductCard],
);

export type Frame = ResultOf<typeof ListFrame>;
export type Products = ResultOf<typeof ListProducts>['products'];
