// SPDX-License-Identifier: Apache-2.0
import { useEffect, useState } from 'react';

const PAUSE = 300;

/** What was typed, once the typing pauses; an equal value that is made anew is the same. */
export function usePaused<Value>(value: Value): Value {
  const [paused, setPaused] = useState(value);
  useEffect(() => {
    const timer = setTimeout(
      () =>
        setPaused(before =>
          JSON.stringify(before) === JSON.stringify(value) ? before : value,
        ),
      PAUSE,
    );
    return () => clearTimeout(timer);
  }, [value]);
  return paused;
}
