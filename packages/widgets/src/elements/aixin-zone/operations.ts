import { graphql } from '../../client/index.js';

export const WhoAmI = graphql(`
  query WhoAmI {
    me {
      id
      displayName
      capabilities
      organisation {
        name
      }
    }
  }
`);
