// SPDX-License-Identifier: Apache-2.0
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import Ajv, { ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';
import { demoAccountId } from './world/demo/people';
import { SPACE_ROLES } from './world/roles';
import { Sandbox, startSandbox } from './startSandbox';
import { TestClient } from './__testUtils__/testClient';

const FOLDER =
  process.env.ATLASSIAN_OPENAPI_DIR ??
  resolve(__dirname, '../../../../shared/reference/openapi');

type Doc = 'confluence-v1' | 'confluence-v2' | 'admin-organization';
type Tree = { [key: string]: Tree };

/** Path of a call, its path in the official document, and the method when it is not GET. */
interface Call {
  doc: Doc;
  path: string;
  documented: string;
  body?: unknown;
  query?: string;
}

/**
 * Where what has been recorded on live sites differs from the document. The sandbox follows the
 * recordings; the check lets exactly these through, and fails when one of them is no longer met.
 */
const EXCEPTIONS: readonly {
  path: RegExp;
  at: RegExp;
  keyword: string;
  reason: string;
}[] = [
  {
    path: /\/spaces\/\d+(\/permissions|\?include-permissions)/,
    at: /\/results\/\d+\/principal\/type$/,
    keyword: 'enum',
    reason:
      'live sites answer principal.type "access-class", which the document does not name',
  },
  {
    path: /\/api\/v2\/(pages|spaces\/\d+\/pages|labels\/\d+\/pages)/,
    at: /\/(parentId|parentType)$/,
    keyword: 'type|enum',
    reason: 'live sites answer null for the parent of a page at the top',
  },
];

const found = existsSync(join(FOLDER, 'confluence-v1.json'));

if (!found) {
  // Said aloud, because a check that was not made must not look like one that passed.
  process.stderr.write(
    `\nNOT CHECKED against the official documents: ${FOLDER} holds no confluence-v1.json. ` +
      'Set ATLASSIAN_OPENAPI_DIR to the folder with confluence-v1.json, confluence-v2.json and admin-organization.json.\n\n',
  );

  describe('official documents', () => {
    it('are absent: the contract was NOT CHECKED (set ATLASSIAN_OPENAPI_DIR)', () => {
      expect(existsSync(join(FOLDER, 'confluence-v1.json'))).toBe(false);
    });
  });
} else {
  const met = new Set<string>();
  const documents = new Map<Doc, Tree>();
  const compiled = new Map<string, ValidateFunction>();
  const ajv = new Ajv({
    strict: false,
    allErrors: true,
    validateSchema: false,
  });
  addFormats(ajv);

  /** OpenAPI 3.0 writes null as `nullable`, also beside a list of allowed values, where JSON Schema needs it in the list. */
  const nullable = (schema: unknown): unknown => {
    if (Array.isArray(schema)) return schema.map(nullable);
    if (typeof schema !== 'object' || schema === null) return schema;
    const copy: Record<string, unknown> = {};
    for (const [key, value] of Object.entries(schema))
      copy[key] = nullable(value);
    if (copy.nullable === true && Array.isArray(copy.enum))
      copy.enum = [...copy.enum, null];
    if (copy.nullable === true && copy.type === undefined) delete copy.nullable;
    return copy;
  };

  const documentOf = (doc: Doc): Tree => {
    const known = documents.get(doc);
    if (known) return known;
    const text = readFileSync(join(FOLDER, `${doc}.json`), 'utf8');
    const read = nullable(JSON.parse(text)) as Tree;
    documents.set(doc, read);
    ajv.addSchema(read, `${doc}.json`);
    return read;
  };

  const validatorOf = ({ doc, documented, body }: Call): ValidateFunction => {
    const name = `${doc} ${documented} ${body !== undefined}`;
    const known = compiled.get(name);
    if (known) return known;
    const method = body === undefined ? 'get' : 'post';
    const { paths } = documentOf(doc);
    if (!paths[documented]?.[method])
      throw new Error(`The document ${doc} has no ${documented}.`);
    const at = [
      'paths',
      documented,
      method,
      'responses',
      '200',
      'content',
      'application/json',
      'schema',
    ].map(part =>
      encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1')),
    );
    const validator = ajv.compile({ $ref: `${doc}.json#/${at.join('/')}` });
    compiled.set(name, validator);
    return validator;
  };

  describe('answers against the official documents', () => {
    let sandbox: Sandbox;
    let client: TestClient;

    beforeAll(async () => {
      sandbox = await startSandbox();
      client = new TestClient(sandbox);
    });
    afterAll(() => sandbox.close());

    const errorsOf = async (call: Call): Promise<string[]> => {
      const { orgId } = sandbox.world;
      const path = `${call.path}${call.query ?? ''}`;
      const json = { 'content-type': 'application/json' };
      const organization = {
        ...json,
        authorization: `Bearer ${sandbox.credentials.organization.apiKey}`,
      };
      let answer;
      if (call.doc === 'admin-organization') {
        answer = await client.raw(path.replace('{orgId}', orgId), {
          method: call.body === undefined ? 'GET' : 'POST',
          headers: organization,
          body: call.body === undefined ? undefined : JSON.stringify(call.body),
        });
      } else {
        answer =
          call.body === undefined
            ? await client.gateway(path)
            : await client.post(path, call.body);
      }
      expect([path, answer.status]).toEqual([path, 200]);
      const validator = validatorOf(call);
      if (validator(answer.body)) return [];
      return (validator.errors ?? [])
        .filter(error => {
          const exception = EXCEPTIONS.find(
            ({ path: where, at, keyword }) =>
              where.test(path) &&
              at.test(error.instancePath) &&
              keyword.split('|').includes(error.keyword),
          );
          if (exception) met.add(exception.reason);
          return !exception;
        })
        .map(
          error =>
            `${error.instancePath} ${error.message} (${error.schemaPath})`,
        );
    };

    const v1 = (path: string, query = '', documented = path): Call => ({
      doc: 'confluence-v1',
      path: `/wiki/rest/api${path}`,
      query,
      documented: `/wiki/rest/api${documented}`,
    });
    const v2 = (
      path: string,
      query = '',
      documented = path,
      body?: unknown,
    ): Call => ({
      doc: 'confluence-v2',
      path: `/wiki/api/v2${path}`,
      query,
      documented,
      body,
    });
    /** Errors by path; empty when every answer fits its document. */
    const wrong = async (calls: readonly Call[]) => {
      const errors: Record<string, string[]> = {};
      for (const call of calls) {
        const own = await errorsOf(call);
        if (own.length > 0) errors[call.path + (call.query ?? '')] = own;
      }
      return errors;
    };

    it('holds for v1 users and groups', async () => {
      const accounts = [...sandbox.world.accounts.keys()];
      const groups = [...sandbox.world.groups.keys()];
      expect(
        await wrong([
          v1('/user/current', '?expand=operations'),
          ...accounts.map(id => v1('/user', `?accountId=${id}`)),
          v1(
            '/user/bulk',
            `?${accounts.map(id => `accountId=${id}`).join('&')}`,
          ),
          v1('/user/memberof', `?accountId=${accounts[0]}`),
          v1('/group'),
          v1('/group/picker', '?query=confluence&shouldReturnTotalSize=true'),
          ...groups.map(id => v1('/group/by-id', `?id=${id}`)),
          ...groups.map(id =>
            v1(
              `/group/${id}/membersByGroupId`,
              '?shouldReturnTotalSize=true',
              '/group/{groupId}/membersByGroupId',
            ),
          ),
        ]),
      ).toEqual({});
    });

    it('holds for the audit log', async () => {
      expect(
        await wrong([
          v1('/audit'),
          v1('/audit', '?limit=3&start=3'),
          v1('/audit', '?searchString=nothing-is-called-so'),
        ]),
      ).toEqual({});
    });

    it('holds for v1 search, restrictions and system information', async () => {
      const restricted = sandbox.changes.page('Incident contact list').id;
      const open = sandbox.changes.page('Onboarding').id;
      const expand =
        'space,version,ancestors,metadata.labels,restrictions.read.restrictions.user,restrictions.read.restrictions.group';
      expect(
        await wrong([
          v1('/search/user', '?cql=type=user&sitePermissionTypeFilter=all'),
          v1('/search', '?cql=type=page&limit=100'),
          v1('/content/search', `?cql=type=page&limit=100&expand=${expand}`),
          ...[restricted, open].flatMap(id => [
            v1(`/content/${id}/restriction`, '', '/content/{id}/restriction'),
            v1(`/content/${id}/state`, '', '/content/{id}/state'),
            v1(
              `/content/${id}/restriction/byOperation`,
              '',
              '/content/{id}/restriction/byOperation',
            ),
            v1(
              `/content/${id}/restriction/byOperation/read`,
              '',
              '/content/{id}/restriction/byOperation/{operationKey}',
            ),
          ]),
          v1('/settings/systemInfo'),
        ]),
      ).toEqual({});
    });

    it('holds for v2', async () => {
      const spaces = [...sandbox.world.spaces.keys()];
      const page = sandbox.changes.page('Regulator contacts').id;
      const labels = await client.all('/wiki/api/v2/labels');
      expect(
        await wrong([
          v2('/spaces', '?limit=2'),
          v2('/spaces', '?description-format=plain'),
          ...spaces.flatMap(id => [
            v2(
              `/spaces/${id}`,
              '?include-permissions=true&description-format=plain',
              '/spaces/{id}',
            ),
            v2(`/spaces/${id}/permissions`, '', '/spaces/{id}/permissions'),
            v2(
              `/spaces/${id}/pages`,
              '?body-format=storage',
              '/spaces/{id}/pages',
            ),
          ]),
          v2('/pages', '?limit=250&status=current,archived,trashed'),
          v2(
            `/pages/${page}`,
            '?include-labels=true&body-format=storage',
            '/pages/{id}',
          ),
          v2(`/pages/${page}/labels`, '', '/pages/{id}/labels'),
          v2(`/pages/${page}/ancestors`, '', '/pages/{id}/ancestors'),
          v2('/labels'),
          v2(`/labels/${labels[0].id}/pages`, '', '/labels/{id}/pages'),
          v2('/users-bulk', '', '/users-bulk', {
            accountIds: [...sandbox.world.accounts.keys()],
          }),
          v2('/space-role-mode'),
        ]),
      ).toEqual({});
    });

    it('holds for a site with role-based access', async () => {
      const { changes, world } = sandbox;
      changes.setRoleMode({ mode: 'ROLES' });
      const spaces = [...world.spaces.keys()];
      const { body } = await client.gateway('/wiki/api/v2/space-roles');
      expect(body.results).toHaveLength(5);
      expect(
        await wrong([
          v2('/space-role-mode'),
          v2('/space-roles', '?limit=2'),
          ...body.results.map(({ id }) =>
            v2(`/space-roles/${id}`, '', '/space-roles/{id}'),
          ),
          ...spaces.flatMap(id => [
            v2(
              `/spaces/${id}/role-assignments`,
              '?limit=3',
              '/spaces/{id}/role-assignments',
            ),
            v2(`/spaces/${id}/permissions`, '', '/spaces/{id}/permissions'),
            v2(`/spaces/${id}`, '?include-permissions=true', '/spaces/{id}'),
          ]),
        ]),
      ).toEqual({});
      changes.setRoleMode({ mode: 'PRE_ROLES' });
    });

    it('holds for what changes spaces', async () => {
      const { changes } = sandbox;
      const { id, grants } = changes.space('ENG');
      const tamsin = demoAccountId('tamsin.vega');
      const { id: read } =
        grants.find(({ principalId }) => principalId === tamsin) ?? {};
      const documented = '/wiki/rest/api/space/{spaceKey}/permission/{id}';
      const { responses } =
        documentOf('confluence-v1').paths[documented].delete;
      const remove = async (permission: string) =>
        (
          await client.site(
            `/wiki/rest/api/space/ENG/permission/${permission}`,
            { method: 'DELETE', headers: { 'x-atlassian-token': 'no-check' } },
          )
        ).status;
      const answers = [await remove(`${read}`), await remove(`${read}`)];
      expect(answers).toEqual([204, 404]);
      expect(Object.keys(responses)).toEqual(
        expect.arrayContaining([...answers, 400, 401, 403].map(String)),
      );

      changes.setRoleMode({ mode: 'ROLES' });
      const path = `/spaces/${id}/role-assignments`;
      const call = v2(path, '', '/spaces/{id}/role-assignments', []);
      const request = ajv.compile({
        $ref: 'confluence-v2.json#/components/requestBodies/SetSpaceRoleAssignmentRequest/content/application~1json/schema',
      });
      const principal = { principalType: 'USER', principalId: tamsin };
      const [{ id: roleId }] = SPACE_ROLES;
      for (const [fits, body] of [
        [true, [{ principal, roleId }]],
        [true, [{ principal }]],
        [true, [{ principal }]],
        [false, { principal }],
        [false, [{ roleId }]],
        [false, [{ principal: { ...principal, principalType: 'BOT' } }]],
      ] as const) {
        const answer = await client.site(call.path, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(body),
        });
        expect([body, request(body), answer.status]).toEqual([
          body,
          fits,
          fits ? 200 : 400,
        ]);
        expect(!fits || validatorOf(call)(answer.body)).toBe(true);
      }
      changes.setRoleMode({ mode: 'PRE_ROLES' });
    });

    it('holds for the Admin API', async () => {
      const get = (documented: string, userId = ''): Call => ({
        doc: 'admin-organization',
        path: `/admin${documented}`
          .replace('{directoryId}', '-')
          .replace(/\{(userId|accountId)\}/, userId),
        documented,
      });
      const path = '/v2/orgs/{orgId}/directories/{directoryId}/users/search';
      const call: Call = {
        doc: 'admin-organization',
        path: `/admin${path.replace('{directoryId}', '-')}`,
        documented: path,
        body: {
          limit: 100,
          expand: ['platformRoles', 'groups', 'productAccess'],
        },
      };
      const { cloudId } = sandbox.world;
      const searches = [
        { status: ['suspended', 'deactivated'] },
        { claimStatus: 'unmanaged', mfaEnabled: true },
        {
          resourceIds: [`ari:cloud:confluence::site/${cloudId}`],
          roleIds: ['atlassian/admin', 'atlassian/guest'],
        },
      ];
      const listed = [...sandbox.world.accounts.values()].filter(
        ({ type, status }) => type === 'atlassian' && status !== 'closed',
      );
      expect(
        await wrong([
          call,
          ...searches.map(body => ({ ...call, body })),
          get('/v1/orgs'),
          get('/v1/orgs/{orgId}'),
          get('/v2/orgs/{orgId}/directories'),
          ...listed.flatMap(({ accountId }) =>
            ['{userId}', '{accountId}/role-assignments'].map(rest =>
              get(
                `/v2/orgs/{orgId}/directories/{directoryId}/users/${rest}`,
                accountId,
              ),
            ),
          ),
        ]),
      ).toEqual({});
    });

    it('holds for the error of an organization that is not there', async () => {
      documentOf('admin-organization');
      const validator = ajv.compile({
        $ref: 'admin-organization.json#/components/responses/Error.OrgNotFound/content/application~1json/schema',
      });
      const { apiKey } = sandbox.credentials.organization;
      for (const path of [
        '/admin/v1/orgs/another',
        '/admin/v2/orgs/another/directories',
      ]) {
        const { status, body } = await client.raw(path, {
          headers: { authorization: `Bearer ${apiKey}` },
        });
        expect([path, status, validator(body)]).toEqual([path, 404, true]);
        expect(validator({ errors: [{ code: 'ADMIN-404-1' }] })).toBe(false);
      }
    });

    it('needs every exception it names', () => {
      expect(
        EXCEPTIONS.filter(({ reason }) => !met.has(reason)).map(
          ({ reason }) => reason,
        ),
      ).toEqual([]);
    });

    it('takes the searches that the document takes, and no others', async () => {
      documentOf('admin-organization');
      const validator = ajv.compile({
        $ref: 'admin-organization.json#/components/schemas/MultiDirectoryUserSearchRequest',
      });
      const { apiKey, id } = sandbox.credentials.organization;
      const resourceIds = (n: number) => Array(n).fill('ari:cloud:x::site/y');
      for (const [fits, body] of [
        [true, {}],
        [true, { limit: 100, expand: ['platformRoles', 'productAccess'] }],
        [true, { resourceIds: resourceIds(20), roleIds: ['atlassian/admin'] }],
        [false, { resourceIds: resourceIds(21) }],
        [false, { roleIds: [] }],
        [false, { accountIds: [] }],
        [false, { accountIds: 'x' }],
        [false, { groupIds: Array(11).fill('x') }],
        [false, { limit: 0 }],
        [false, { limit: 101 }],
      ] as const) {
        const { status } = await client.raw(
          `/admin/v2/orgs/${id}/directories/-/users/search`,
          {
            method: 'POST',
            headers: {
              authorization: `Bearer ${apiKey}`,
              'content-type': 'application/json',
            },
            body: JSON.stringify(body),
          },
        );
        expect([body, validator(body), status]).toEqual([
          body,
          fits,
          fits ? 200 : 400,
        ]);
      }
    });

    it('would notice a wrong answer', () => {
      const validator = validatorOf(v1('/group'));
      expect(
        validator({
          results: [{ type: 'group', name: 7, id: 'x' }],
          start: 0,
          limit: 1,
          size: 1,
          _links: {},
        }),
      ).toBe(false);
    });
  });
}
