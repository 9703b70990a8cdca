import { graphql, type ResultOf } from '../client/index.js';

/** What a card on the shelf shows, and what the cart needs to say about it. */
export const ProductCard = graphql(`
  fragment ProductCard on Product {
    id
    title
    subtitle
    specification
    priceFen
    localPriceFen
    unitPriceText
    stockLeft
    nextSupplyOn
    score
    soldCount
    county {
      code
      name
    }
    picture {
      url
      alt
      background
    }
    charityItem {
      amountFen
    }
  }
`);

export type ProductCardFacts = ResultOf<typeof ProductCard>;
