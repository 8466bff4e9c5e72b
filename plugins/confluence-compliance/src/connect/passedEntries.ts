// SPDX-License-Identifier: Apache-2.0

const KEY = 'confluence-compliance.connect.entries';

/** What a router calls the entry at which it was opened, whichever that is. */
const NAMELESS = 'default';

/** The connection that came of an entry of the history; empty while none is made. */
type Entries = Record<string, string>;

function read(): Entries {
  try {
    return JSON.parse(window.sessionStorage.getItem(KEY) ?? '{}');
  } catch {
    return {};
  }
}

function write(entries: Entries): void {
  try {
    window.sessionStorage.setItem(KEY, JSON.stringify(entries));
  } catch {
    // Then Back leads to a set-up of nothing.
  }
}

/** Remembers an entry of the browser's history at which a site is being connected. */
export function passEntry(key: string): void {
  const entries = read();
  if (key !== NAMELESS && entries[key] === undefined) {
    write({ ...entries, [key]: '' });
  }
}

/** The connection is made: all entries that led to it belong to it now. */
export function takeEntries(connection: string): void {
  write(
    Object.fromEntries(
      Object.entries(read()).map(([key, made]) => [key, made || connection]),
    ),
  );
}

/** The id of the connection that was made after this entry; undefined while there is none. */
export const madeAfter = (key: string): string | undefined =>
  read()[key] || undefined;
