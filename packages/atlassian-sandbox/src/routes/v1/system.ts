// SPDX-License-Identifier: Apache-2.0
import { Answer, ApiRequest, Endpoint, ok } from '../../api';

function systemInfo({ world, site, siteUrl }: ApiRequest): Answer {
  return ok({
    cloudId: site.cloudId,
    commitHash: '0000000000000000000000000000000000000000',
    baseUrl: `${siteUrl}/wiki`,
    fallbackBaseUrl: `${siteUrl}/wiki`,
    edition: 'premium',
    siteTitle: world.siteTitle,
    defaultLocale: 'en_GB',
    defaultTimeZone: 'Europe/Copenhagen',
    microsPerimeter: 'commercial',
  });
}

/** v1 paths that the real site has removed: whoever still calls them should learn it here. */
const REMOVED = [
  '/space',
  '/space/{key}',
  '/content',
  '/content/{id}',
  '/content/{id}/label',
  '/group/by-name',
  '/group/member',
  '/group/{name}/member',
];

const removed: readonly Endpoint[] = REMOVED.map(path => ({
  method: 'GET',
  template: `/wiki/rest/api${path}`,
  guard: 'site',
  answer: () => ({
    status: 410,
    body: {
      statusCode: 410,
      data: { authorized: true, valid: true, errors: [], successful: true },
      message:
        'com.atlassian.confluence.api.service.exceptions.GoneException: This deprecated endpoint has been removed.',
    },
  }),
}));

export const systemEndpoints: readonly Endpoint[] = [
  {
    method: 'GET',
    template: '/wiki/rest/api/settings/systemInfo',
    guard: 'site',
    scopes: [
      ['manage:confluence-configuration'],
      ['read:configuration:confluence'],
    ],
    answer: systemInfo,
  },
];

export const removedEndpoints = removed;
