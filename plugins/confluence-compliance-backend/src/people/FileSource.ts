// SPDX-License-Identifier: Apache-2.0
import { createReadStream } from 'node:fs';
import type { Readable } from 'node:stream';
import type { UrlReaderService } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import type { PersonSource } from '@confluence-compliance/backstage-plugin-confluence-compliance-node';
import type { FileSourceConfig } from '../config';
import { sha256 } from '../ledger';
import { parseCsv } from './csv';
import { withoutIgnored } from './fields';

const BATCH = 500;

/** People of a CSV or JSON file, on the disk or behind an https URL. */
export class FileSource implements PersonSource {
  readonly id: string;
  readonly scope: string;
  readonly #config: FileSourceConfig;
  readonly #urlReader: UrlReaderService;

  constructor(config: FileSourceConfig, urlReader: UrlReaderService) {
    this.id = config.id;
    // Another file is another population.
    this.scope = sha256(config.path ?? config.url ?? '');
    this.#config = config;
    this.#urlReader = urlReader;
  }

  /**
   * Throws an InputError for a file that is too large, is neither CSV nor JSON as it says, or has
   * fields that nobody knows.
   */
  async *read(signal: AbortSignal): AsyncIterable<unknown[]> {
    const text = await this.#text(signal);
    const records = withoutIgnored(
      this.#isJson ? parseJson(text) : parseCsv(text),
      this.#config.ignore,
    );
    for (let at = 0; at < records.length; at += BATCH) {
      yield records.slice(at, at + BATCH);
    }
  }

  get #isJson(): boolean {
    const { format, path, url = '' } = this.#config;
    return format
      ? format === 'json'
      : /\.json$/i.test(path ?? new URL(url).pathname);
  }

  async #text(signal: AbortSignal): Promise<string> {
    const { path, url, maxBytes } = this.#config;
    if (path !== undefined) {
      return textOf(createReadStream(path, { signal }), maxBytes);
    }
    const answer = await this.#urlReader.readUrl(url ?? '', { signal });
    if (answer.stream) {
      return textOf(answer.stream(), maxBytes);
    }
    const bytes = await answer.buffer();
    assertSize(bytes.length, maxBytes);
    return bytes.toString('utf8');
  }
}

async function textOf(stream: Readable, maxBytes: number): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stream) {
    const bytes = Buffer.from(chunk);
    size += bytes.length;
    assertSize(size, maxBytes);
    chunks.push(bytes);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function assertSize(size: number, maxBytes: number): void {
  if (size > maxBytes) {
    throw new InputError(
      `the file has more than ${maxBytes} bytes: raise maxBytes if that is right`,
    );
  }
}

function parseJson(text: string): unknown[] {
  let records: unknown;
  try {
    records = JSON.parse(text);
  } catch {
    throw new InputError('the file is not JSON');
  }
  if (!Array.isArray(records)) {
    throw new InputError('the file must be a JSON array of people');
  }
  return records;
}
