// SPDX-License-Identifier: Apache-2.0
import { ConfigReader } from '@backstage/config';
import type { JsonObject } from '@backstage/types';
import { readConfig } from './readConfig';

const auth = [{ method: 'api-token', email: 'a@example.com', token: 'x' }];
const acme = { id: 'acme', site: 'acme.atlassian.net', auth };
const docs = {
  ...acme,
  id: 'docs',
  site: 'docs.atlassian.net',
  purposes: ['policy'],
};
const people = {
  ...acme,
  id: 'people',
  site: 'people.atlassian.net',
  purposes: ['access-review'],
};

function read(more: object) {
  return readConfig(
    new ConfigReader({
      confluenceCompliance: { connections: [acme, docs, people], ...more },
    } as JsonObject),
  );
}

const withSystems = (...criticalSystems: object[]) => ({ criticalSystems });
const withPolicies = (...required: object[]) => ({ policies: { required } });
const withPage = (page: object) =>
  withPolicies({ id: 'infosec', title: 'Information Security', page });

const withReview = (reviewEvery: unknown) =>
  withPolicies({
    id: 'a',
    title: 'A',
    page: { connection: 'docs', id: '1' },
    reviewEvery,
  });

describe('criticalSystems', () => {
  it('takes sites and spaces, with all staff and half a year by default', () => {
    const { criticalSystems } = read(
      withSystems(
        { site: 'acme' },
        {
          space: 'acme/ENG',
          owner: 'group:default/engineering',
          reviewEvery: 'P90D',
          access: { groups: ['eng', 'leads', 'eng'] },
        },
      ),
    );
    expect(criticalSystems).toEqual([
      {
        connection: 'acme',
        space: undefined,
        owner: undefined,
        reviewEvery: 'P6M',
        rule: { kind: 'all-staff' },
      },
      {
        connection: 'acme',
        space: 'ENG',
        owner: 'group:default/engineering',
        reviewEvery: 'P90D',
        rule: { kind: 'groups', groups: ['eng', 'leads'] },
      },
    ]);
  });

  it.each<[string, object[], string]>([
    [
      'neither site nor space',
      [{ owner: 'group:default/x' }],
      'confluenceCompliance.criticalSystems[0] must name either a site (the id of a connection) or a space (acme/ENG), not both',
    ],
    [
      'both',
      [{ site: 'acme', space: 'acme/ENG' }],
      'criticalSystems[0] must name either a site',
    ],
    [
      'a connection that is not there',
      [{ site: 'acme' }, { space: 'other/ENG' }],
      "criticalSystems[1].space names the connection 'other', which does not exist: use one of acme, docs, people",
    ],
    [
      'a connection for other purposes',
      [{ site: 'docs' }],
      "criticalSystems[0].site names the connection 'docs', which is not used for 'access-review': add that to its purposes",
    ],
    [
      'a space without its connection',
      [{ space: 'ENG' }],
      'criticalSystems[0].space must be the id of a connection and the key of a space, such as acme/ENG',
    ],
    [
      'a space twice',
      [{ site: 'acme' }, { space: 'acme/ENG' }, { space: 'acme/eng' }],
      'criticalSystems[2] is the same system as criticalSystems[1]: keep one of them',
    ],
    [
      'a duration in words',
      [{ site: 'acme', reviewEvery: 'half a year' }],
      'criticalSystems[0].reviewEvery must be an ISO 8601 duration longer than nothing and at most 100 years, such as P6M',
    ],
    [
      'no duration at all',
      [{ site: 'acme', reviewEvery: 'P0D' }],
      'criticalSystems[0].reviewEvery must be',
    ],
    [
      'a review that is never due',
      [{ site: 'acme', reviewEvery: 'P999999Y' }],
      'criticalSystems[0].reviewEvery must be',
    ],
    [
      'nobody',
      [{ site: 'acme', access: 'nobody' }],
      'criticalSystems[0].access must be all-staff, reviewed, or { groups: [names of groups] }',
    ],
    [
      'no groups',
      [{ site: 'acme', access: { groups: [] } }],
      'criticalSystems[0].access.groups needs at least one entry',
    ],
  ])('refuses %s', (_, systems, message) => {
    expect(() => read(withSystems(...systems))).toThrow(message);
  });
});

describe('policies', () => {
  it('finds pages by id, by label, or by space and title', () => {
    const required = [
      { id: 'a', title: 'A', page: { connection: 'docs', id: 65540 } },
      { id: 'b', title: 'B', page: { connection: 'acme', label: 'infosec' } },
      {
        id: 'c',
        title: 'C',
        page: { connection: 'acme', space: 'POL', title: 'Acceptable use' },
      },
    ];
    expect(read(withPolicies(...required)).policies).toMatchObject([
      {
        id: 'a',
        title: 'A',
        connection: 'docs',
        page: { by: 'id', id: '65540' },
      },
      {
        id: 'b',
        title: 'B',
        connection: 'acme',
        page: { by: 'label', label: 'infosec' },
      },
      {
        id: 'c',
        title: 'C',
        connection: 'acme',
        page: { by: 'title', space: 'POL', title: 'Acceptable use' },
      },
    ]);
  });

  it('looks for the headings of all policies and those of one', () => {
    const page = { connection: 'docs', id: '1' };
    const { policies } = read({
      policies: {
        structure: { headings: ['Scope'] },
        required: [
          { id: 'a', title: 'A', page, headings: ['Purpose', 'Scope'] },
        ],
      },
    });
    expect(policies[0].structure).toEqual({
      headings: ['Scope', 'Purpose'],
      placeholders: expect.arrayContaining(['TBD', 'lorem ipsum']),
    });
  });

  it('knows which document of a framework a policy is', () => {
    const page = { connection: 'docs', id: '1' };
    const { policies } = read(
      withPolicies(
        { id: 'backup', title: 'Backup', page },
        { id: 'it', title: 'IT', page, fulfils: ['monitoring', 'backup'] },
        { id: 'other', title: 'Other', page },
        { id: 'cryptography', title: 'Keys', page, fulfils: ['monitoring'] },
        { id: 'monitoring', title: 'Monitoring', page, fulfils: [] },
      ),
    );
    expect(policies.map(({ fulfils }) => fulfils)).toEqual([
      ['backup'],
      ['monitoring', 'backup'],
      [],
      ['cryptography', 'monitoring'],
      ['monitoring'],
    ]);
  });

  it.each(['P12M', 'P90D', 'P2Y'])('takes a review every %s', every => {
    expect(read(withReview(every)).policies).toMatchObject([
      { id: 'a', reviewEvery: every },
    ]);
  });

  it('leaves when a policy is reviewed to the check where nothing is said', () => {
    const { policies } = read(withReview(undefined));
    expect(policies[0]).not.toHaveProperty('reviewEvery');
  });

  it('reads the pages of their labels whole, and leaves the catalog as it is', () => {
    const { labels, catalog } = read({
      ...withPage({ connection: 'acme', label: 'infosec' }),
      catalog: { pages: { labels: ['policy'] } },
    });
    expect(labels).toEqual(['policy', 'infosec']);
    expect(catalog.labels).toEqual(['policy']);
  });

  it.each<[string, object, string]>([
    [
      'a page without a rule',
      withPage({ connection: 'acme' }),
      'confluenceCompliance.policies.required[0].page must name the page in one way: by id, by label, or by space and title',
    ],
    [
      'two rules',
      withPage({ connection: 'acme', id: '1', label: 'x' }),
      'page must name the page in one way',
    ],
    [
      'a title without a space',
      withPage({ connection: 'acme', title: 'x' }),
      'page must name the page in one way',
    ],
    [
      'a space besides an id',
      withPage({ connection: 'acme', id: '1', space: 'x' }),
      'page must name the page in one way',
    ],
    [
      'a connection that is not there',
      withPage({ connection: 'other', id: '1' }),
      "policies.required[0].page.connection names the connection 'other', which does not exist",
    ],
    [
      'a connection for other purposes',
      withPage({ connection: 'people', id: '1' }),
      "policies.required[0].page.connection names the connection 'people', which is not used for 'policy'",
    ],
    [
      'an id twice',
      withPolicies(
        { id: 'a', title: 'A', page: { connection: 'docs', id: '1' } },
        { id: 'a', title: 'B', page: { connection: 'docs', id: '2' } },
      ),
      "policies.required[1].id 'a' is used twice: give each policy an id of its own",
    ],
    [
      'a document of no framework',
      withPolicies({
        id: 'a',
        title: 'A',
        page: { connection: 'docs', id: '1' },
        fulfils: ['acces-control'],
      }),
      'policies.required[0].fulfils[0] must be one of information-security, ',
    ],
    [
      'a review in words',
      withReview('yearly'),
      'policies.required[0].reviewEvery must be an ISO 8601 duration longer than nothing and at most 100 years, such as P12M',
    ],
    [
      'a review after a number of months',
      withReview(12),
      'policies.required[0].reviewEvery must be an ISO 8601 duration longer than nothing and at most 100 years, such as P12M',
    ],
    [
      'a review at every moment',
      withReview('P0M'),
      'policies.required[0].reviewEvery must be',
    ],
    [
      'a review that is never due',
      withReview('P101Y'),
      'policies.required[0].reviewEvery must be',
    ],
  ])('refuses %s', (_, more, message) => {
    expect(() => read(more)).toThrow(message);
  });
});

it('shows the frameworks that were read, until others are named', () => {
  expect(read({}).frameworks).toEqual(['soc2', 'iso27001']);
  const frameworks = ['soc2', 'pci-dss'];
  expect(read({ policies: { frameworks } }).frameworks).toEqual(frameworks);
});

it('takes the subject of an external access as it is', () => {
  // Backstage gives the subject of a static token no prefix.
  const permissions = ['confluence-compliance.check.read'];
  const services = [{ subject: 'auditor-script', permissions }];
  expect(read({ services }).services).toEqual(services);
});
