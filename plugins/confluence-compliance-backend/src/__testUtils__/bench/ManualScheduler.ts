// SPDX-License-Identifier: Apache-2.0
import type {
  SchedulerService,
  SchedulerServiceTaskInvocationDefinition,
} from '@backstage/backend-plugin-api';
import { NotFoundError } from '@backstage/errors';

type Task = SchedulerServiceTaskInvocationDefinition;

/** Holds the tasks of the plugin; they run when a measurement tells them to, and never by themselves. */
export class ManualScheduler implements SchedulerService {
  readonly #tasks = new Map<string, Task>();

  async scheduleTask(task: Task): Promise<void> {
    this.#tasks.set(task.id, task);
  }

  /** Nothing: who measures runs what follows. */
  async triggerTask(): Promise<void> {}

  async cancelTask(): Promise<void> {}

  createScheduledTaskRunner() {
    return { run: (task: Task) => this.scheduleTask(task) };
  }

  async getScheduledTasks() {
    return [];
  }

  /** Runs a task once, to its end. */
  async run(id: string): Promise<void> {
    const task = this.#tasks.get(id);
    if (!task) {
      throw new NotFoundError(
        `There is no task '${id}': use one of ${[...this.#tasks.keys()].join(
          ', ',
        )}`,
      );
    }
    await task.fn(new AbortController().signal);
  }
}
