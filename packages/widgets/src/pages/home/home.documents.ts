import { graphql, type ResultOf } from '../../client/index.js';
import { ProductCard } from '../../shop/product-card.documents.js';

export const HomePage = graphql(
  `
    query HomePage {
      zone {
        purchaseCount
        salesFen
        matchedFen
        countyCount
        productCount
        asOf
      }
      counties {
        code
        name
        productCount
        purchaseCount
      }
      categories {
        key
        name
      }
      products(first: 8) {
        totalCount
        edges {
          node {
            ...ProductCard
          }
        }
      }
      stories(first: 3) {
        id
        title
        quote
        body
        place
        picture {
          url
          alt
          background
        }
        product {
          id
          title
        }
      }
    }
  `,
  [ProductCard],
);

export type Home = ResultOf<typeof HomePage>;
export type Story = Home['stories'][number];
