// SPDX-License-Identifier: Apache-2.0
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import type { PropsWithChildren } from 'react';
import { isResponseError } from './components/errors';

/** Client errors such as 403 and 404 do not go away by asking again. */
function shouldRetry(failures: number, error: Error): boolean {
  if (isResponseError(error) && error.statusCode < 500) {
    return false;
  }
  return failures < 2;
}

/** A new cache; one is shared by every page and card of the plugin. */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: { queries: { staleTime: 10_000, retry: shouldRetry } },
  });
}

const queryClient = createQueryClient();

export function QueryWrapper({ children }: PropsWithChildren) {
  return (
    <QueryClientProvider client={queryClient}>{children}</QueryClientProvider>
  );
}
