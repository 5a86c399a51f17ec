// What decides a claim: how long it takes and when a visit suits. Nothing says that somebody is at home, or alone.
import type { Wish } from '@/services/types'

export type Effort = NonNullable<Wish['effort']>
export type Suits = NonNullable<Wish['suits']>

export const efforts: readonly (readonly [Effort, string])[] = [['half_hour', '半小时左右'], ['half_day', '要半天']]
export const suits: readonly (readonly [Suits, string])[] = [
  ['daytime', '平时白天'], ['evening', '平时晚上'], ['weekend', '周末'], ['by_phone', '电话里约'],
]

const named = <T extends string>(all: readonly (readonly [T, string])[], code?: T) => all.find(([c]) => c === code)?.[1] ?? ''

/** What a card says of it: 半小时左右, 周末方便, 茂山新村. */
export function practicalWords(w: Pick<Wish, 'effort' | 'suits' | 'estate'>): string[] {
  const when = named(suits, w.suits)
  return [named(efforts, w.effort), when && (w.suits === 'by_phone' ? '电话里约时间' : when + '方便'), w.estate ?? ''].filter(Boolean)
}
