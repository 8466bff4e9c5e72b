// SPDX-License-Identifier: Apache-2.0
import { Entity } from '@backstage/catalog-model';
import type { PresentSubject } from '@confluence-compliance/backstage-plugin-confluence-compliance-node';
import { account, group, page, site, space } from './__testUtils__/subjects';
import { Surroundings } from './buildEntity';
import { EntityOptions } from './config';
import { EntityMaker } from './EntityMaker';

const options: EntityOptions = {
  owner: 'group:default/security',
  namespace: 'confluence',
  accounts: 'user',
  pages: { all: false, labels: ['policy'] },
  groups: {},
  spaces: {},
  personalSpaces: false,
  ceilings: { users: 10, groups: 10, spaces: 10, pages: 10 },
};

const around: Surroundings = {
  site: () => ({ name: 'acme-site', url: 'https://acme.atlassian.net/' }),
  showsGroup: () => true,
  ceilings: () => '',
};

type Given = Omit<PresentSubject, 'revision' | 'gone'>;

function make(
  subject: Given,
  changed: Partial<EntityOptions> = {},
  transformers?: ConstructorParameters<typeof EntityMaker>[1],
) {
  const maker = new EntityMaker({ ...options, ...changed }, transformers);
  const present = { ...subject, revision: 1, gone: false } as PresentSubject;
  return maker.make(present, around);
}

describe('EntityMaker', () => {
  const restricted = page('1', { restriction: 'own' });
  const inSpace = (state: object) =>
    page('1', { space: { ...page('1').state.space, ...state } });

  it.each<[string, Given, Partial<EntityOptions>, boolean]>([
    ['an open labelled page', page('1'), {}, true],
    [
      'a page without the label',
      page('1', { labels: ['policies'] }),
      {},
      false,
    ],
    ['a restricted page', restricted, {}, false],
    [
      'a page of unknown restriction',
      page('1', { restriction: 'unknown' }),
      {},
      false,
    ],
    [
      'a restricted page, all wanted',
      restricted,
      { pages: { all: true, labels: [] } },
      true,
    ],
    [
      'a trashed page, all wanted',
      page('1', { status: 'trashed' }),
      { pages: { all: true, labels: [] } },
      false,
    ],
    ['a page of a personal space', inSpace({ type: 'personal' }), {}, false],
    [
      'a page of a space of unknown type',
      inSpace({ type: undefined }),
      {},
      false,
    ],
    [
      'a page of an excluded space',
      inSpace({}),
      { spaces: { exclude: ['pol'] } },
      false,
    ],
    [
      'a page of a space of unknown key',
      inSpace({ key: undefined }),
      {},
      false,
    ],
    ['a personal space', space('~a', { type: 'personal' }), {}, false],
    [
      'a personal space, wanted',
      space('~a', { type: 'personal' }),
      { personalSpaces: true },
      true,
    ],
    [
      'a space that is not included',
      space('HR'),
      { spaces: { include: ['POL'] } },
      false,
    ],
    [
      'a group that is excluded',
      group('hr-1'),
      { groups: { exclude: ['HR-*'] } },
      false,
    ],
    ['a closed account', account('a', { accountStatus: 'closed' }), {}, false],
    ['an account, none wanted', account('a'), { accounts: 'none' }, false],
  ])('%s', async (_, subject, changed, expected) => {
    expect((await make(subject, changed)) !== undefined).toBe(expected);
  });

  it.each(['person', 'guest', 'shared', 'service', 'app'] as const)(
    'gives sign-in nothing to look up in a %s',
    async accountClass => {
      const subject = account('a', {
        class: accountClass,
        title: 'a@example.com',
      });
      const made = await make(subject);
      const isUser = accountClass !== 'service' && accountClass !== 'app';
      expect(made?.kind).toBe(isUser ? 'User' : 'Resource');
      expect(JSON.stringify(made?.spec)).not.toContain('"email"');
      const keys = Object.keys(made?.metadata.annotations ?? {});
      expect(
        keys.filter(key => !/^(atlassian\.net|backstage\.io)\//.test(key)),
      ).toEqual([]);
    },
  );

  it('makes every account a resource where that is wanted', async () => {
    const made = await make(account('a'), { accounts: 'resource' });
    expect(made).toMatchObject({
      kind: 'Resource',
      spec: { type: 'confluence-account', owner: 'group:default/security' },
    });
  });

  it.each([
    ['user:default/ann', 'user:default/ann'],
    ['User:Default/Ann', 'user:default/ann'],
    ['user:confluence/ann', undefined],
    ['group:default/staff', undefined],
    ['4711', undefined],
    ['', undefined],
  ])('a person %j is annotated as %j', async (person, expected) => {
    const made = await make(account('a', { person }));
    expect(made?.metadata.annotations?.['atlassian.net/person']).toBe(expected);
  });

  it('leads links to web addresses only', async () => {
    const hostile = {
      ...site(),
      state: { title: 'x', site: 'data:text/html,x' },
    };
    const made = await make(hostile);
    expect(made?.metadata.annotations).not.toHaveProperty([
      'backstage.io/view-url',
    ]);
    const spaced = await make(space('A/../B'));
    expect(spaced?.metadata.annotations?.['backstage.io/view-url']).toBe(
      'https://acme.atlassian.net/wiki/spaces/A%2F..%2FB',
    );
  });

  it('refuses what the catalog would choke on, also from a transformer', async () => {
    const withSpec = (spec: object) => ({
      version: '1',
      account: (entity?: Entity) =>
        entity && { ...entity, spec: { ...entity.spec, ...spec } },
    });
    for (const spec of [
      { memberOf: [''] },
      { memberOf: [`group:default/${'x'.repeat(300)}`] },
      { memberOf: ['group:default/a\u0000b'] },
      { memberOf: 'staff' },
      { note: ['a\u0000b'] },
    ]) {
      await expect(make(account('a'), {}, withSpec(spec))).rejects.toThrow();
    }
    await expect(
      make(account('a'), {}, withSpec({ note: 'a\\u0000b' })),
    ).resolves.toBeDefined();
    await expect(
      make(
        group('g'),
        {},
        {
          version: '1',
          group: entity => entity && { ...entity, kind: 'User' },
        },
      ),
    ).rejects.toThrow('a transformer made a User');
  });
});
