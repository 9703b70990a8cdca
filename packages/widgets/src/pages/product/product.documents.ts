import { graphql, type ResultOf } from '../../client/index.js';

export const ProductPage = graphql(`
  query ProductPage($id: ID!) {
    product(id: $id) {
      id
      title
      subtitle
      story
      specification
      netWeightGrams
      priceFen
      localPriceFen
      postageFen
      packagingFen
      unitPriceText
      stockLeft
      limitPerPerson
      nextSupplyOn
      returnRule
      returnRuleText
      score
      reviewCount
      soldCount
      traceCode
      county {
        code
        name
      }
      category {
        key
        name
      }
      supplier {
        name
        countyName
      }
      picture {
        url
        alt
        background
      }
      charityItem {
        sponsorName
        unitText
        validUntil
      }
      certificates {
        kind
        name
        number
        validUntil
      }
    }
  }
`);

export type ProductFacts = NonNullable<ResultOf<typeof ProductPage>['product']>;
