// Questions about the ways of messages; what all of them share is made once.

import type { FlowReply, OverviewReply, OverviewRequest } from './contract/flows.ts';
import { flowReply } from './flowreply.ts';
import type { Flows } from './flowsof.ts';
import type { Loaded } from './load.ts';
import { overview, type StageTable, stageTable } from './overview.ts';
import type { MessageRecord } from './records.ts';

export interface Ways {
  flow(record: MessageRecord, brief?: boolean): FlowReply;
  overview(request: OverviewRequest): OverviewReply;
}

/** `flows`: those of what is loaded now. */
export function createWays(loaded: Loaded, flows: () => Flows): Ways {
  let table: StageTable | null = null;
  let fates: Loaded['fates'] | null = null;
  let last: { readonly flows: Flows; readonly asked: string; readonly reply: OverviewReply } | null = null;
  const stages = (): StageTable => {
    if (table === null || fates !== loaded.fates) {
      fates = loaded.fates;
      table = stageTable(loaded);
    }
    return table;
  };
  return {
    flow: (record, brief) =>
      flowReply(loaded, flows(), record, brief === true ? null : (stage, bearer) => stages().of(stage, bearer)),
    overview(request) {
      const asked = JSON.stringify(request);
      // New flows are made whenever records or keys change.
      if (last === null || last.flows !== flows() || last.asked !== asked) {
        last = { flows: flows(), asked, reply: overview(loaded, request) };
      }
      return last.reply;
    },
  };
}
