// SPDX-License-Identifier: Apache-2.0
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mockServices } from '@backstage/backend-test-utils';
import { parseCsv } from './csv';
import { FileSource } from './FileSource';

const signal = new AbortController().signal;

describe('FileSource', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'people-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  const readAll = async (
    name: string,
    content: string,
    more: { maxBytes?: number; url?: string } = {},
  ) => {
    const path = join(folder, name);
    await writeFile(path, content);
    const { url, maxBytes = 1000 } = more;
    const reader = mockServices.urlReader.mock({
      readUrl: async () => ({ buffer: async () => Buffer.from(content) }),
    });
    const source = new FileSource(
      { source: 'file', id: 'hr', maxBytes, ...(url ? { url } : { path }) },
      reader,
    );
    const records: unknown[] = [];
    for await (const page of source.read(signal)) {
      records.push(...page);
    }
    return records;
  };

  it('reads CSV and JSON, from the disk and from a URL', async () => {
    const ana = { ref: 'ana', name: 'Lindqvist, "Ana"', end: '' };
    const csv = '\ufeffref,name,end\r\nana,"Lindqvist, ""Ana""",\r\n\r\n';
    expect(await readAll('people.csv', csv)).toEqual([ana]);
    const json = JSON.stringify([ana]);
    expect(await readAll('people.json', json)).toEqual([ana]);
    const url = 'https://hr.example/people.json?x=1';
    expect(await readAll('p', json, { url })).toEqual([ana]);
  });

  it('refuses what is too large, or not what it says', async () => {
    await expect(
      readAll('large.csv', 'x'.repeat(101), { maxBytes: 100 }),
    ).rejects.toThrow('more than 100 bytes');
    await expect(
      readAll('p', 'x'.repeat(101), {
        maxBytes: 100,
        url: 'https://hr.example/p.csv',
      }),
    ).rejects.toThrow('more than 100 bytes');
    await expect(readAll('a.json', '{')).rejects.toThrow('is not JSON');
    await expect(readAll('b.json', '{}')).rejects.toThrow('a JSON array');
    expect(() => parseCsv('a,b\n1,2,3')).toThrow('row 2 has 3 fields');
    expect(() => parseCsv('a\n"x')).toThrow('never closed');
  });
});
