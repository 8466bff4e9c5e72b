// SPDX-License-Identifier: Apache-2.0
import type { ListPage } from '@confluence-compliance/atlassian-client';
import type { FinishRead, GroupPayload, ObservedRow } from '../history';
import type { Progress, ReadSession, StageExtras } from './ReadSession';
import { type ListPlace, walk } from './walk';

const LIMIT = 200;
const PAYLOAD: GroupPayload = { name: 'g', managedBy: '', usageType: '' };

/** A list of numbers behind an API, and everything that was asked of it and stored of it. */
class Numbers {
  readonly asked: ListPlace[] = [];
  readonly stored: number[] = [];
  /** What was stored when the newest page was asked for. */
  readonly storedWhenAsked: number[] = [];
  progress: Progress;
  /** Fails the storing of the page that begins with this number. */
  failsToStore?: number;
  /** Ends the list at the first page that begins with it or later. */
  stopsAt = Infinity;
  /** Whether something stood before. */
  stood = false;
  /** How the read ended with each batch. */
  readonly ended: Array<FinishRead | undefined> = [];

  constructor(private readonly list: number[], progress: Progress = {}) {
    this.progress = progress;
  }

  readonly fetch = async (place: ListPlace): Promise<ListPage<number>> => {
    this.asked.push(place);
    this.storedWhenAsked.push(this.stored.length);
    return this.page(Number((place.cursor ?? 'start:0').split(':')[1]));
  };

  page(start: number, size = LIMIT): ListPage<number> {
    const items = this.list.slice(start, start + size);
    const end = start + items.length;
    return {
      items,
      malformed: [],
      limit: LIMIT,
      ...(end < this.list.length && { next: `start:${end}` }),
    };
  }

  async walk() {
    const session = {
      progress: this.progress,
      read: { stood: this.stood },
      context: {
        checkpoint() {},
        parts: { isOver: () => false, signal: new AbortController().signal },
      },
      stage: async (
        rows: ObservedRow<GroupPayload>[],
        progress: Progress,
        { finish }: StageExtras,
      ) => {
        const numbers = rows.map(({ key }) => Number(key));
        if (numbers[0] === this.failsToStore) {
          throw new Error('the database is gone');
        }
        this.stored.push(...numbers);
        session.progress = progress;
        this.ended.push(finish?.({ rows: this.stored.length, malformed: 0 }));
      },
    };
    let seen = Number((this.progress.cursor ?? 'start:0').split(':')[1]);
    await walk(session as unknown as ReadSession<'groups'>, {
      fetch: this.fetch,
      take: ({ items }) => {
        seen += items.length;
        return {
          rows: items.map(n => ({ key: `${n}`, payload: PAYLOAD })),
          left: this.list.length - seen,
          stop: items[0] >= this.stopsAt,
        };
      },
      ends: ({ rows }) => ({ outcome: 'complete', expected: rows }),
    });
    this.progress = session.progress;
  }

  get cursors() {
    return this.asked.map(({ cursor }) => cursor);
  }
}

const numbers = (count: number) => Array.from({ length: count }, (_, n) => n);

it('asks for several pages at once where a list says how long it is, and for the last one alone', async () => {
  const list = new Numbers(numbers(950));

  await list.walk();

  expect(list.stored).toEqual(numbers(950));
  expect(list.cursors).toEqual([
    undefined,
    'start:200',
    'start:400',
    'start:600',
    'start:800',
  ]);
  expect(list.storedWhenAsked).toEqual([0, 0, 0, 0, 600]);
  expect(list.asked.map(({ toFollow }) => toFollow)).toEqual([1, 3, 2, 1, 0]);
});

it('asks for no more than eight pages before the first of them is stored', async () => {
  const list = new Numbers(numbers(5_000));

  await list.walk();

  expect(list.stored).toEqual(numbers(5_000));
  expect(list.storedWhenAsked.filter(stored => stored === 0)).toHaveLength(9);
  expect(list.asked).toHaveLength(25);
});

it('goes on where a page says it does, not where it was thought to', async () => {
  const list = new Numbers(numbers(1_900));
  const { page } = list;
  // Once, the third page is not full.
  list.page = start => page.call(list, start, start === 400 ? 150 : LIMIT);

  await list.walk();

  expect(list.stored).toEqual(numbers(1_900));
  expect(list.cursors.filter(cursor => cursor === 'start:550')).toHaveLength(1);
});

it('asks for one page after the other where nobody knows its cursor', async () => {
  const list = new Numbers(numbers(700));
  const { page } = list;
  list.page = start => {
    const { next, ...rest } = page.call(list, start);
    return { ...rest, ...(next && { next: `opaque-${next.slice(5)}` }) };
  };

  await list.walk();

  expect(list.stored).toEqual(numbers(700));
  expect(list.storedWhenAsked).toEqual([0, 0, 200, 400]);
});

it('goes on in the middle, where an earlier process stopped', async () => {
  const list = new Numbers(numbers(1_300), { cursor: 'start:400' });

  await list.walk();

  expect(list.stored).toEqual(numbers(1_300).slice(400));
  expect(list.storedWhenAsked).toEqual([0, 0, 0, 0, 600]);
  expect(list.progress.listed).toBe(true);
});

it('says of the last page that nothing follows it, also behind one that was not full', async () => {
  const list = new Numbers(numbers(330));
  const { page } = list;
  list.page = start => page.call(list, start, start === 0 ? 150 : LIMIT);

  await list.walk();

  expect(list.stored).toEqual(numbers(330));
  expect(list.asked.map(({ cursor, toFollow }) => [cursor, toFollow])).toEqual([
    [undefined, 1],
    ['start:150', 0],
  ]);
});

it('ends the read with the last page where nothing stood before', async () => {
  const list = Array.from({ length: 450 }, (_, n) => n);
  const first = new Numbers(list);
  await first.walk();
  expect(first.ended).toEqual([
    undefined,
    undefined,
    { outcome: 'complete', expected: 450 },
  ]);
  const again = new Numbers(list);
  again.stood = true;
  await again.walk();
  expect(again.ended).toEqual([undefined, undefined, undefined]);
});

it('ends early where it is told to, and asks for nothing more', async () => {
  const list = new Numbers(numbers(5_000));
  list.stopsAt = 400;

  await list.walk();

  expect(list.stored).toEqual(numbers(600));
  expect(list.asked.every(({ signal }) => signal.aborted)).toBe(true);
});

it('ends the requests that nobody waits for when a page cannot be stored', async () => {
  const list = new Numbers(numbers(5_000));
  list.failsToStore = 200;

  await expect(list.walk()).rejects.toThrow('the database is gone');

  expect(list.stored).toEqual(numbers(200));
  expect(list.asked.length).toBeGreaterThan(8);
  expect(list.asked.every(({ signal }) => signal.aborted)).toBe(true);
});

it('fails where a page does that was asked for early, once it is reached', async () => {
  const list = new Numbers(numbers(1_900));
  const { page } = list;
  list.page = start => {
    if (start === 600) {
      throw new Error('no such page');
    }
    return page.call(list, start);
  };

  await expect(list.walk()).rejects.toThrow('no such page');

  expect(list.stored).toEqual(numbers(600));
});

it('does not fail for a page that was asked for early and does not count', async () => {
  const list = new Numbers(numbers(1_900));
  const { page } = list;
  list.page = start => {
    if (start === 600) {
      throw new Error('no such page');
    }
    return page.call(list, start, start === 400 ? 150 : LIMIT);
  };

  await list.walk();

  expect(list.stored).toEqual(numbers(1_900));
});
