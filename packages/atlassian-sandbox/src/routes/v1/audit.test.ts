// SPDX-License-Identifier: Apache-2.0
import { Sandbox, startSandbox } from '../../startSandbox';
import { TestClient } from '../../__testUtils__/testClient';

interface Log {
  results: {
    summary: string;
    creationDate: number;
    affectedObject: { name: string };
  }[];
  size: number;
  limit: number;
  _links: { next?: string };
}

describe('audit log', () => {
  let sandbox: Sandbox;
  let client: TestClient;

  beforeAll(async () => {
    sandbox = await startSandbox();
    client = new TestClient(sandbox);
  });
  afterAll(() => sandbox.close());

  const PATH = '/wiki/rest/api/audit';
  const log = async (query = ''): Promise<Log> =>
    (await client.gateway(`${PATH}${query}`)).body as unknown as Log;

  it('pages through all records, the newest first', async () => {
    const all = await log();
    expect([all.limit, all.size]).toEqual([1000, 14]);
    const times = all.results.map(record => record.creationDate);
    expect(times).toEqual([...times].sort((a, b) => b - a));
    const walked = await client.all(`${PATH}?limit=4`);
    expect(walked).toEqual(all.results);
  });

  it('finds by time and by words', async () => {
    const { results } = await log();
    const { creationDate } = results[3];
    expect((await log(`?startDate=${creationDate}`)).size).toBe(4);
    expect((await log(`?endDate=${creationDate}`)).size).toBe(11);
    const tamsin = await log('?searchString=tamsin%20vega');
    expect(tamsin.results.map(record => record.affectedObject.name)).toEqual([
      'Engineering',
      'engineering',
    ]);
    expect((await client.gateway(`${PATH}?startDate=today`)).status).toBe(400);
  });

  it('opens to Confluence administrators with the scope only', async () => {
    const status = async (account: string) => {
      const { email, token } = sandbox.issueApiToken({ account });
      const basic = Buffer.from(`${email}:${token}`).toString('base64');
      return (
        await client.raw(PATH, { headers: { authorization: `Basic ${basic}` } })
      ).status;
    };
    expect([
      await status('bram.okafor'),
      await status('ulrich.bonney'),
      await status('ada.lindqvist'),
    ]).toEqual([200, 200, 403]);
    const poor = await client.token(sandbox.credentials.classicServiceAccount);
    expect((await client.withToken(poor, PATH)).status).toBe(401);
  });
});
