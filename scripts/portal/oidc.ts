import Provider, { type ClientMetadata, type Configuration, type KoaContextWithOIDC } from 'oidc-provider';
import { createOidcMemory } from './oidc-memory.js';
import { type People, zoneClaims } from './people.js';
import type { PortalKeys } from './portal-keys.js';

/** The zone as a protected resource: its access tokens carry the audience `aixin` and the person's roles. */
export const ZONE_RESOURCE = 'urn:aixin:zone';
export const ZONE_AUDIENCE = 'aixin';
/** The directory's pages, for the nightly import. */
export const DIRECTORY_RESOURCE = 'urn:portal:directory';
export const DIRECTORY_AUDIENCE = 'portal-directory';

export const ACCESS_TOKEN_SECONDS = 600;
const SESSION_SECONDS = 8 * 3_600;

export interface OidcClient {
  readonly id: string;
  readonly secret: string;
}

export interface OidcOptions {
  readonly issuer: string;
  readonly keys: PortalKeys;
  readonly people: People;
  /** The portal's own pages, with their way back after the sign-in. */
  readonly webClient: OidcClient & { readonly redirectUri: string };
  readonly directoryClient: OidcClient;
}

/** The portal's OpenID provider: code flow with PKCE for people, client credentials for the directory. */
export function createOidc(options: OidcOptions): Provider {
  const provider = new Provider(options.issuer, configuration(options));
  // Behind a proxy that ends TLS the public address is known from the proxy's headers.
  provider.proxy = options.issuer.startsWith('https:');
  return provider;
}

function configuration({ keys, people, webClient, directoryClient }: OidcOptions): Configuration {
  return {
    adapter: createOidcMemory(),
    clients: [webMetadata(webClient), directoryMetadata(directoryClient)],
    jwks: { keys: [keys.privateJwk] },
    cookies: {
      keys: [keys.cookieSecret],
      names: { interaction: 'portal_sign_in', resume: 'portal_resume', session: 'portal_op' },
    },
    scopes: ['openid'],
    responseTypes: ['code'],
    claims: { openid: ['sub'], profile: ['name'] },
    pkce: { required: () => true },
    rotateRefreshToken: false,
    issueRefreshToken: (_ctx, client) => client.clientId === webClient.id,
    expiresWithSession: () => false,
    routes: {
      authorization: '/oidc/auth',
      token: '/oidc/token',
      jwks: '/oidc/jwks',
      userinfo: '/oidc/me',
    },
    interactions: { url: (_ctx, interaction) => `/login/choose/${interaction.uid}` },
    findAccount: (_ctx, subject) => {
      const person = people.bySubject(subject);
      return person ? { accountId: subject, claims: () => ({ sub: subject, name: person.displayName }) } : undefined;
    },
    extraTokenClaims: (_ctx, token) => {
      const subject = 'accountId' in token ? token.accountId : undefined;
      const person = subject === undefined ? null : people.bySubject(subject);
      return person ? zoneClaims(person) : undefined;
    },
    loadExistingGrant: grantForOwnPages,
    ttl: {
      AccessToken: ACCESS_TOKEN_SECONDS,
      AuthorizationCode: 60,
      ClientCredentials: ACCESS_TOKEN_SECONDS,
      Grant: SESSION_SECONDS,
      IdToken: ACCESS_TOKEN_SECONDS,
      Interaction: 1_800,
      RefreshToken: SESSION_SECONDS,
      Session: SESSION_SECONDS,
    },
    features: {
      devInteractions: { enabled: false },
      pushedAuthorizationRequests: { enabled: false },
      rpInitiatedLogout: { enabled: false },
      clientCredentials: { enabled: true },
      resourceIndicators: {
        enabled: true,
        defaultResource: (_ctx, client) =>
          client.clientId === directoryClient.id ? DIRECTORY_RESOURCE : ZONE_RESOURCE,
        useGrantedResource: () => true,
        getResourceServerInfo: (_ctx, resource, client) =>
          resourceServer(resource, client.clientId === directoryClient.id),
      },
    },
  };
}

function webMetadata(client: OidcOptions['webClient']): ClientMetadata {
  return {
    client_id: client.id,
    client_secret: client.secret,
    redirect_uris: [client.redirectUri],
    grant_types: ['authorization_code', 'refresh_token'],
    response_types: ['code'],
    token_endpoint_auth_method: 'client_secret_basic',
  };
}

function directoryMetadata(client: OidcClient): ClientMetadata {
  return {
    client_id: client.id,
    client_secret: client.secret,
    redirect_uris: [],
    grant_types: ['client_credentials'],
    response_types: [],
    token_endpoint_auth_method: 'client_secret_basic',
  };
}

/** Who asks decides what may be asked for: a page never gets the directory, the import never gets a person's rights. */
function resourceServer(resource: string, isDirectoryClient: boolean) {
  const directory = resource === DIRECTORY_RESOURCE;
  if (directory !== isDirectoryClient) throw new Error('this client may not ask for this resource');
  return {
    scope: directory ? 'directory.read' : 'zone',
    audience: directory ? DIRECTORY_AUDIENCE : ZONE_AUDIENCE,
    accessTokenFormat: 'jwt' as const,
    accessTokenTTL: ACCESS_TOKEN_SECONDS,
    jwt: { sign: { alg: 'RS256' as const } },
  };
}

/** The portal's own pages need nobody's consent: the grant is made as soon as the person is known. */
async function grantForOwnPages(ctx: KoaContextWithOIDC) {
  const { client, session, provider } = ctx.oidc;
  if (!client || !session?.accountId) return undefined;
  const grantId = session.grantIdFor(client.clientId);
  const existing = grantId === undefined ? undefined : await provider.Grant.find(grantId);
  if (existing?.accountId === session.accountId) return existing;
  const grant = new provider.Grant({ clientId: client.clientId, accountId: session.accountId });
  grant.addOIDCScope('openid');
  grant.addResourceScope(ZONE_RESOURCE, 'zone');
  await grant.save();
  return grant;
}
