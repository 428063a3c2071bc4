import type { SrvRecord } from './mail-rdata.ts';

/** A source of numbers from 0 up to, but not including, 1. */
export type Random = () => number;

/**
 * The order in which a client tries the servers of a service (RFC 2782): ascending priority, and within one priority drawn by
 * weight, a weight of 0 standing a very small chance beside others; weights that are all 0 make a plain shuffle.
 */
export function orderServices<Record extends SrvRecord>(records: readonly Record[], random: Random): Record[] {
  const priorities = [...new Set(records.map(({ priority }) => priority))].sort((one, other) => one - other);
  return priorities.flatMap((priority) =>
    drawn(
      records.filter((record) => record.priority === priority),
      random,
    ),
  );
}

function drawn<Record extends SrvRecord>(group: readonly Record[], random: Random): Record[] {
  // RFC 2782 draws from 0 to the sum inclusive, which favours whoever stands first: no record is to stand there always.
  const mixed = shuffled(group, random);
  let left = [...mixed.filter(({ weight }) => weight === 0), ...mixed.filter(({ weight }) => weight > 0)];
  let total = group.reduce((sum, { weight }) => sum + weight, 0);
  const order: Record[] = [];
  while (left.length > 0) {
    const wanted = below(total + 1, random);
    let index = 0;
    for (let sum = left[0]?.weight ?? 0; sum < wanted; sum += left[index]?.weight ?? wanted) index++;
    const next = left[index] as Record;
    left = left.filter((_, at) => at !== index);
    order.push(next);
    total -= next.weight;
  }
  return order;
}

/** The items in random order (Fisher and Yates). */
export function shuffled<Item>(items: readonly Item[], random: Random): Item[] {
  const order = [...items];
  for (let last = order.length - 1; last > 0; last--) {
    const other = below(last + 1, random);
    [order[last], order[other]] = [order[other] as Item, order[last] as Item];
  }
  return order;
}

/** A whole number from 0 to `limit - 1`. */
function below(limit: number, random: Random): number {
  return Math.min(limit - 1, Math.floor(random() * limit));
}
