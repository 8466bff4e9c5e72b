// SPDX-License-Identifier: Apache-2.0
import { formatDate, formatExact } from '../components/format';
import { TimeAgo } from '../components/TimeAgo';

const THREE_DAYS = 3 * 24 * 60 * 60_000;

interface SinceProps {
  /** ISO 8601. */
  time: string;
  /** The day also where it was a moment ago, for use behind a word such as `since`. */
  asDay?: boolean;
  /** What more the tooltip says. */
  note?: string;
}

/** When something began, under a heading that says so: the day, or how long ago it was. */
export function Since({ time, asDay, note }: SinceProps) {
  const date = new Date(time);
  if (!asDay && Math.abs(Date.now() - date.getTime()) < THREE_DAYS) {
    return <TimeAgo time={time} note={note} />;
  }
  return (
    <time
      dateTime={time}
      title={[formatExact(date), note].filter(Boolean).join(', ')}
    >
      {formatDate(date)}
    </time>
  );
}
