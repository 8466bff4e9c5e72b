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
    more: { maxBytes?: number; url?: string; ignore?: string[] } = {},
  ) => {
    const path = join(folder, name);
    await writeFile(path, content);
    const { url, maxBytes = 1000, ignore = [] } = more;
    const reader = mockServices.urlReader.mock({
      readUrl: async () => ({ buffer: async () => Buffer.from(content) }),
    });
    const source = new FileSource(
      {
        source: 'file',
        id: 'hr',
        maxBytes,
        ignore,
        ...(url ? { url } : { path }),
      },
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

  it.each([
    ['people.csv', 'ref,name,End,employment_type\nana,Ana,2026-03-01,\n'],
    [
      'people.json',
      '[{"ref":"ben"},{"ref":"ana","End":"2026-03-01","employment_type":""}]',
    ],
  ])('refuses fields of %s that it does not know', async (name, content) => {
    await expect(readAll(name, content)).rejects.toThrow(
      "unknown fields 'End', 'employment_type': call each by one of ref, name, email, start, end, manager, status, employmentType, accountIds, or name it under ignore",
    );
    await expect(
      readAll(name, content, { ignore: ['employment_type'] }),
    ).rejects.toThrow("unknown fields 'End': call");
  });

  it('leaves fields out that are to be ignored', async () => {
    const ignore = ['Cost centre', 'Floor'];
    const ana = { ref: 'ana', end: '2026-03-01' };
    const csv = 'ref, Cost centre ,end,Floor\nana,12,2026-03-01,3\n';
    expect(await readAll('people.csv', csv, { ignore })).toEqual([ana]);
    const json = JSON.stringify([{ ...ana, Floor: 3 }, null]);
    expect(await readAll('people.json', json, { ignore })).toEqual([ana, null]);
  });

  it('names no value where the names of the fields are missing', async () => {
    const error = await readAll('p.csv', 'ana,Ana Lindqvist\nben,Ben\n').catch(
      caught => caught,
    );
    expect(error).toMatchObject({
      name: 'InputError',
      message: expect.stringContaining('no field is called ref'),
    });
    expect(error.message).not.toContain('Lindqvist');
  });

  it('refuses a row that was cut short, and a name that is there twice', () => {
    expect(() => parseCsv('ref,name,end\nana,Ana,\nben,Ben')).toThrow(
      'row 3 has 2 fields, and the first row names 3',
    );
    expect(() => parseCsv('ref,end,name, end\nana,2026-03-01,Ana,')).toThrow(
      'columns 2 and 4 have the same name',
    );
  });
});
