import { graphql, type ResultOf } from '../client/index.js';

/** What buying needs to know of a product, asked anew each time: price, stock, limit, promise, return rule. */
export const BuyProduct = graphql(`
  query BuyProduct($id: ID!) {
    product(id: $id) {
      id
      title
      specification
      priceFen
      postageFen
      packagingFen
      stockLeft
      limitPerPerson
      nextSupplyOn
      returnRule
      returnRuleText
      supplier {
        id
        name
        countyName
      }
      picture {
        url
        alt
        background
      }
      charityItem {
        agreementId
        amountFen
        unit
      }
    }
  }
`);

export type BuyFacts = NonNullable<ResultOf<typeof BuyProduct>['product']>;
