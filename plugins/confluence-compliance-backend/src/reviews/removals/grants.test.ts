// SPDX-License-Identifier: Apache-2.0
import { TestDatabases } from '@backstage/backend-test-utils';
import { createConfluenceWriter } from '@confluence-compliance/atlassian-client';
import {
  demoAccountId,
  type RoleMode,
} from '@confluence-compliance/atlassian-sandbox';
import { account, link } from '../__testUtils__';
import {
  ADMINS,
  BOSS,
  createSandboxReviews,
  type SandboxReviews,
} from './__testUtils__/sandboxReviews';

jest.setTimeout(60_000);

const DELETE = 'DELETE /wiki/rest/api/space/{spaceKey}/permission/{id}';
const SET_ROLES = 'POST /wiki/api/v2/spaces/{id}/role-assignments';
const WRITE = 'write:space.permission:confluence';

describe('Removals of what a space grants', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });
  let t: SandboxReviews;
  const open = async (
    engine: Parameters<typeof databases.init>[0],
    roleMode?: RoleMode,
  ) => {
    t = await createSandboxReviews(await databases.init(engine), { roleMode });
  };
  afterEach(() => t.close());
  const sent = (endpoint: string) => t.sandbox.requests.of(endpoint);

  describe.each(databases.eachSupportedId())('on %p', engine => {
    it('takes all permissions of an account with the one to read, and says so before', async () => {
      await open(engine);
      const ulrich = await t.revoked('ulrich.bonney');
      const grants = t.grantsOf('ulrich.bonney');
      const read = grants.find(({ key }) => key === 'read');
      const removes = grants
        .map(({ key, targetType }) => `${key} ${targetType}`)
        .sort();
      expect(removes).toContain('administer space');
      expect(await t.previewOf(ulrich)).toEqual({
        item: ulrich,
        request: {
          method: 'DELETE',
          site: t.sandbox.siteUrl,
          path: `/wiki/rest/api/space/ENG/permission/${read?.id}`,
        },
        removes,
        note: { code: 'takes-all', text: expect.any(String) },
      });
      const asked = await t.confirmOf(ulrich);
      expect(sent(DELETE)).toBe(0);
      // Two replicas at once remove nothing twice.
      const other = await t.replica();
      const both = await Promise.allSettled([
        t.removals.execute(t.review, BOSS, asked),
        other.execute(t.review, BOSS, asked),
      ]);
      expect(both.map(({ status }) => status).sort()).toEqual([
        'fulfilled',
        'rejected',
      ]);
      expect([sent(DELETE), t.left('ulrich.bonney')]).toEqual([1, 0]);
      expect(await t.codeOf(ulrich)).toBe('already-sent');
      expect(
        (await t.entries()).map(({ kind, payload }) => [
          kind,
          JSON.parse(payload),
        ]),
      ).toEqual([
        [
          'review.removal-claimed',
          expect.objectContaining({
            account: demoAccountId('ulrich.bonney'),
            permission: read?.id,
            removes,
            space: String(t.space.id),
          }),
        ],
        [
          'review.removal-answered',
          expect.objectContaining({ outcome: 'sent' }),
        ],
      ]);
      // Only a whole read that begins later proves it.
      expect(Object.values(await t.proofs(t.review))).toEqual(['waiting']);
      await t.sync();
      expect(Object.values(await t.proofs(t.review))).toEqual(['removed']);
      expect(await t.codeOf(ulrich)).toBe('not-standing');
    });

    it('takes the role of an account where the site has roles, also as an app', async () => {
      await open(engine, 'ROLES');
      const esi = await t.revoked('esi.larsen');
      expect(await t.previewOf(esi)).toEqual({
        item: esi,
        request: {
          method: 'POST',
          site: t.sandbox.siteUrl,
          path: `/wiki/api/v2/spaces/${t.space.id}/role-assignments`,
          body: JSON.stringify([
            {
              principal: {
                principalType: 'USER',
                principalId: demoAccountId('esi.larsen'),
              },
            },
          ]),
        },
        removes: ['create comment', 'create page', 'read space'],
        note: { code: 'takes-role', text: expect.any(String) },
      });
      const scopes = [
        'read:content-details:confluence',
        'read:configuration:confluence',
        'read:space.permission:confluence',
      ];
      const app = async (more: string[]) =>
        t.replica({
          method: 'service-account',
          ...t.sandbox.issueClient({
            account: 'bram.okafor',
            scopes: [...scopes, ...more],
          }),
        });
      // What it may not change it says when it tries, and nothing is changed.
      const reader = await app([]);
      const asked = {
        items: [esi],
        confirm: (await reader.preview(t.review, BOSS, [esi])).confirm ?? '',
      };
      expect(await reader.execute(t.review, BOSS, asked)).toMatchObject({
        items: [{ outcome: 'refused', reason: { code: 'scope-missing' } }],
      });
      const writer = await app([WRITE]);
      const { confirm = '' } = await writer.preview(t.review, BOSS, [esi]);
      expect(
        await writer.execute(t.review, BOSS, { items: [esi], confirm }),
      ).toMatchObject({ items: [{ outcome: 'sent' }] });
      expect([sent(SET_ROLES), t.left('esi.larsen')]).toEqual([2, 0]);
      await t.sync();
      expect(Object.values(await t.proofs(t.review))).toEqual(['removed']);
    });

    it('refuses groups, apps, the last administrator, and what somebody has themself', async () => {
      await open(engine);
      const { sandbox, space } = t;
      const group = await t.revoke(sandbox.changes.group(ADMINS).id);
      expect(await t.previewOf(group)).toEqual({
        item: group,
        refused: { code: 'grant-of-group', text: expect.any(String) },
        manual: { code: 'remove-grant', text: expect.any(String) },
      });
      const tamsin = await t.revoked('tamsin.vega');
      expect(await t.codeOf(tamsin)).toBeUndefined();
      const app = await t.replica({
        method: 'service-account',
        ...sandbox.issueClient({
          account: 'bram.okafor',
          scopes: [
            'read:content-details:confluence',
            'read:configuration:confluence',
            'read:space:confluence',
            WRITE,
          ],
        }),
      });
      expect(await t.previewOf(tamsin, app)).toMatchObject({
        refused: { code: 'not-for-apps' },
        manual: { code: 'remove-grant' },
      });
      const blind = await t.replica({
        method: 'service-account',
        ...sandbox.issueClient({ account: 'bram.okafor', scopes: [WRITE] }),
      });
      expect(await t.codeOf(tamsin, blind)).toBe('read-scope-missing');
      const own = sandbox.issueApiToken({ account: 'tamsin.vega' });
      const self = await t.replica({ method: 'api-token', ...own });
      expect(await t.codeOf(tamsin, self)).toBe('own-access');
      await t.read({
        source: 'identity',
        dataset: 'identity_links',
        key: 'links',
        rows: [link(demoAccountId('tamsin.vega'), BOSS)],
      });
      expect(await t.codeOf(tamsin)).toBe('own-access');
      expect(
        await t.codeOf(tamsin, t.removals, 'user:default/other'),
      ).toBeUndefined();

      const ulrich = await t.revoked('ulrich.bonney');
      expect(await t.codeOf(ulrich)).toBeUndefined();
      const admins = space.grants;
      const ofGroup = sandbox.changes.group(ADMINS);
      space.grants = admins.filter(
        ({ principalId }) => principalId !== ofGroup.id,
      );
      expect(await t.codeOf(ulrich)).toBe('last-administrator');
      space.grants = admins;
      // A group without anybody who can sign in administers nothing.
      const accounts = { source: 'acme', dataset: 'accounts', key: 'site' };
      for (const { accountId } of ofGroup.members) {
        if (accountId !== demoAccountId('ulrich.bonney')) {
          await t.history.change({}, change =>
            change.put(accounts, account(accountId, 'inactive')),
          );
        }
      }
      expect(await t.codeOf(ulrich)).toBe('last-administrator');
      expect(sent(DELETE)).toBe(0);
    });

    it('counts as administrators only people, and not whose credential it is', async () => {
      await open(engine);
      const ulrich = await t.revoked('ulrich.bonney');
      const hugo = demoAccountId('hugo.reyes');
      const accounts = { source: 'acme', dataset: 'accounts', key: 'site' };
      const codeWhere = async (what: object) => {
        const row = account(hugo);
        const payload = { ...row.payload, ...what };
        await t.history.change({}, change =>
          change.put(accounts, { ...row, payload }),
        );
        return t.codeOf(ulrich);
      };
      expect(await codeWhere({})).toBeUndefined();
      for (const other of ['app', 'service', 'shared']) {
        expect([other, await codeWhere({ class: other })]).toEqual([
          other,
          'last-administrator',
        ]);
      }
      expect(await codeWhere({ class: 'guest' })).toBeUndefined();
      // Bram is left, who counts unless it is his credential.
      expect(await codeWhere({ accountStatus: 'inactive' })).toBe(
        'last-administrator',
      );
      t.sandbox.changes.addToGroup({ account: 'esi.larsen', group: ADMINS });
      const auth = t.sandbox.issueApiToken({ account: 'esi.larsen' });
      const byEsi = await t.replica({ method: 'api-token', ...auth });
      expect(await t.codeOf(ulrich, byEsi)).toBeUndefined();
    });

    it('takes nobody out of a group who alone administers a space by it', async () => {
      await open(engine);
      const { sandbox, space } = t;
      const { id, name } = sandbox.changes.group(ADMINS);
      await t.read({
        dataset: 'groups',
        rows: [
          {
            key: id,
            payload: { name, managedBy: 'ADMINS', usageType: 'TEAM' },
          },
        ],
      });
      const review = await t.started({ group: id });
      const hugo = demoAccountId('hugo.reyes');
      await t.decide(review, hugo, 'revoke');
      const { id: item } = await t.itemOf(review, hugo);
      const codeOf = async () =>
        (await t.removals.preview(review, BOSS, [item])).items[0].refused?.code;
      const all = space.grants;
      const without = (...ids: string[]) =>
        all.filter(({ principalId }) => !ids.includes(principalId));
      const ulrich = demoAccountId('ulrich.bonney');
      expect(await codeOf()).toBeUndefined();
      // Ulrich administers it, too, without the group.
      const byGroup = { account: 'ulrich.bonney', group: ADMINS };
      sandbox.changes.removeFromGroup(byGroup);
      expect(await codeOf()).toBeUndefined();
      // Bram is left, whose credential it is.
      space.grants = without(ulrich);
      expect(await codeOf()).toBe('last-administrator');
      const esi = { account: 'esi.larsen', group: ADMINS };
      sandbox.changes.addToGroup(esi);
      expect(await codeOf()).toBeUndefined();
      sandbox.changes.removeFromGroup(esi);
      expect(await codeOf()).toBe('last-administrator');
      // A group that administers nothing any more can lose its last person.
      space.grants = without(ulrich, id);
      expect(await codeOf()).toBeUndefined();
      expect(sent('DELETE /wiki/rest/api/group/userByGroupId')).toBe(0);
    });

    it('counts nobody who left the group of administrators, or is leaving it', async () => {
      await open(engine);
      const { sandbox } = t;
      const ulrich = await t.revoked('ulrich.bonney');
      const hugo = demoAccountId('hugo.reyes');
      const group = sandbox.changes.group(ADMINS).id;
      const review = await t.started({ group });
      await t.decide(review, hugo, 'revoke');
      const item = await t.itemOf(review, hugo);
      expect(await t.codeOf(ulrich)).toBeUndefined();
      const now = Date.now();
      await t.knex('review_removals').insert({
        item_id: item.id,
        item_version: item.version,
        review_id: review,
        claim: 'c',
        outcome: 'unknown',
        actor: BOSS,
        claimed_at: new Date(now).toISOString(),
      });
      const removals = t.knex('review_removals');
      for (const [values, code] of [
        [{}, 'last-administrator'],
        [{ outcome: 'sent' }, 'last-administrator'],
        // What Confluence shows long after it was sent did not go, or came back.
        [{ claimed_at: new Date(now - 2 * 3600_000).toISOString() }, undefined],
        [
          { claimed_at: new Date(now).toISOString(), outcome: 'refused' },
          undefined,
        ],
      ] as const) {
        await removals.clone().update({ claim: 'c', ...values });
        expect([values, await t.codeOf(ulrich)]).toEqual([values, code]);
      }
      // The last read still has him in it.
      sandbox.changes.removeFromGroup({ account: 'hugo.reyes', group: ADMINS });
      expect(await t.codeOf(ulrich)).toBe('last-administrator');
      expect(sent(DELETE)).toBe(0);
    });

    it('sends nothing where the site says anything else than was decided on', async () => {
      await open(engine);
      const { sandbox, space } = t;
      const tamsin = await t.revoked('tamsin.vega');
      const asked = await t.confirmOf(tamsin);
      const principalId = demoAccountId('tamsin.vega');
      const more = {
        id: '999',
        principalType: 'user' as const,
        principalId,
        key: 'export',
        targetType: 'space',
      };
      const theirs = t.grantsOf('tamsin.vega');
      space.grants.push(more);
      expect(await t.codeOf(tamsin)).toBe('changed-since');
      await expect(
        t.removals.execute(t.review, BOSS, asked),
      ).rejects.toMatchObject({ name: 'ConflictError' });
      space.grants.pop();
      // The same permissions, given anew, are not what was confirmed.
      const read = t.grantsOf('tamsin.vega')[0];
      const was = read.id;
      read.id = '998';
      await expect(
        t.removals.execute(t.review, BOSS, asked),
      ).rejects.toMatchObject({ name: 'ConflictError' });
      read.id = 'x';
      expect(await t.codeOf(tamsin)).toBe('no-read-permission');
      read.id = was;
      expect(await t.entries()).toEqual([]);

      // What changes between the last look and the claim is seen by the look right before the request.
      const list = 'GET /wiki/api/v2/spaces/{id}/permissions';
      sandbox.faults.add({
        endpoint: list,
        kind: 'status',
        status: 404,
        nth: 2,
        times: 1,
      });
      expect(await t.removals.execute(t.review, BOSS, asked)).toMatchObject({
        items: [{ outcome: 'refused', reason: { code: 'not-visible' } }],
      });
      const gone = await t.confirmOf(tamsin);
      const original = t.history.ledger.append.bind(t.history.ledger);
      jest
        .spyOn(t.history.ledger, 'append')
        .mockImplementationOnce(async (tx, entry) => {
          space.grants = space.grants.filter(
            grant => grant.principalId !== principalId,
          );
          return original(tx, entry);
        });
      expect(await t.removals.execute(t.review, BOSS, gone)).toMatchObject({
        items: [{ outcome: 'refused', reason: { code: 'not-there' } }],
      });
      // Nor does anything go that is granted while the rest is asked for.
      let grants = () => {};
      const later = await t.replica(
        { method: 'api-token', ...sandbox.credentials.apiToken },
        options => {
          const writer = createConfluenceWriter(options);
          const ask = writer.space.bind(writer);
          writer.space = async (...of) => {
            grants();
            return ask(...of);
          };
          return writer;
        },
      );
      space.grants.push(...theirs);
      const { confirm = '' } = await later.preview(t.review, BOSS, [tamsin]);
      const { ledger } = t.history;
      const append = ledger.append.bind(ledger);
      jest.spyOn(ledger, 'append').mockImplementationOnce(async (tx, entry) => {
        grants = () => space.grants.push(more);
        return append(tx, entry);
      });
      expect(
        await later.execute(t.review, BOSS, { items: [tamsin], confirm }),
      ).toMatchObject({
        items: [{ outcome: 'refused', reason: { code: 'changed-since' } }],
      });
      expect(sent(DELETE)).toBe(0);
      sandbox.changes.setRoleMode({ mode: 'ROLES' });
      expect(await t.codeOf(tamsin)).toBe('changed-since');
    });

    it('says what Confluence refused, and never removes the last administrator of a batch', async () => {
      await open(engine);
      const { sandbox, space } = t;
      const zoe = await t.revoked('zoe.karlsson');
      sandbox.faults.add({
        endpoint: DELETE,
        kind: 'status',
        status: 400,
        times: 1,
      });
      expect(
        await t.removals.execute(t.review, BOSS, await t.confirmOf(zoe)),
      ).toMatchObject({
        items: [
          { outcome: 'refused', reason: { code: 'refused-by-confluence' } },
        ],
      });
      sandbox.faults.add({ endpoint: DELETE, kind: 'reset', times: 1 });
      expect(
        await t.removals.execute(t.review, BOSS, await t.confirmOf(zoe)),
      ).toMatchObject({ items: [{ outcome: 'unknown' }] });
      expect(await t.codeOf(zoe)).toBe('outcome-unknown');
      await t.sync();
      expect(await t.codeOf(zoe)).toBeUndefined();
      expect(t.left('zoe.karlsson')).toBe(1);

      // Bram, whose credential it is, does not administer it by name; then Ulrich and Greta alone do.
      const greta = demoAccountId('greta.oyelaran');
      space.grants.push(
        ...t.grantsOf('ulrich.bonney').map(grant => ({
          ...grant,
          id: `${grant.id}0`,
          principalId: greta,
        })),
      );
      await t.sync();
      const review = await t.started({ space: String(space.id) });
      const items: string[] = [];
      for (const id of [greta, demoAccountId('ulrich.bonney')]) {
        await t.decide(review, id, 'revoke');
        items.push((await t.itemOf(review, id)).id);
      }
      const admins = sandbox.changes.group(ADMINS);
      const theirs = ({
        principalId,
        key,
      }: {
        principalId: string;
        key: string;
      }) => principalId === admins.id && key === 'administer';
      space.grants = space.grants.filter(grant => !theirs(grant));
      const byGreta = sandbox.issueApiToken({ account: 'bram.okafor' });
      const removals = await t.replica({ method: 'api-token', ...byGreta });
      space.grants.push({
        id: '777',
        principalType: 'user',
        principalId: demoAccountId('bram.okafor'),
        key: 'administer',
        targetType: 'space',
      });
      await t.history.change({}, change =>
        change.put(
          { source: 'acme', dataset: 'accounts', key: 'site' },
          account(demoAccountId('bram.okafor'), 'inactive'),
        ),
      );
      const { confirm = '' } = await removals.preview(review, BOSS, items);
      const done = await removals.execute(review, BOSS, { items, confirm });
      expect(
        done.items.map(({ outcome, reason }) => reason?.code ?? outcome),
      ).toEqual(['sent', 'last-administrator']);
    });
  });
});
