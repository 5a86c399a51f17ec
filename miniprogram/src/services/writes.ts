// Writes that survive a bad network: each is kept with its key until the server has answered, and sent again by
// itself. The key makes the server do it once, however often it is sent.
import { reactive } from 'vue'
import { storage, newKey, onOnline, type Call } from '@/platform'
import { isAway, sentenceOf } from './errors'
import { leaving } from './go'
import { call, Refused, Unreachable } from './http'

export interface Write {
  /** What the person wants, so that a second tap is the same write: 'claim/77'. */
  slot: string
  /** What it is called in a sentence: 您的认领. */
  label: string
  method: Exclude<Call['method'], 'GET'>
  path: string
  body?: unknown
  key: string
  /** It has a contact in it, and is not kept on the phone: only its key is, for whoever sends the same again. */
  unkept?: boolean
  /** Writes of the same queue are sent one after the other: nobody goes before they have come. */
  queue?: string
  /** It can be taken back still, and is not sent yet. */
  held?: boolean
  /** How many decisions it carries, where it carries several. */
  count?: number
  /** A try has not reached the server: it really waits for the network. */
  missed?: boolean
}

interface State {
  waiting: Write[] // not answered yet
  stuck: '' | 'away' | 'busy' // the last try did not reach the server, or the server was too busy for it
  came: Pick<Write, 'label' | 'count'>[] // what had waited for the network and was sent when its page was gone
  failed: string[] // what the server refused then
}

const store = 'writes'
export const writes = reactive<State>({ waiting: storage.get<Write[]>(store) ?? [], stuck: '', came: [], failed: [] })

/** The key of a write that is not kept itself, and what tells it from another: no word of it can be read from the mark. */
interface Trace {
  slot: string
  key: string
  mark: number
  at: number // milliseconds
}

const traces = 'traces'
const keyLife = 7 * 86400000 // as long as the server remembers a key

/** A number that is another for another body, nearly always (FNV-1a). */
function markOf(body: unknown): number {
  let mark = 0x811c9dc5
  for (const c of JSON.stringify(body ?? null)) mark = Math.imul(mark ^ c.codePointAt(0)!, 0x01000193) >>> 0
  return mark
}

const left = (): Trace[] => (storage.get<Trace[]>(traces) ?? []).filter((t) => Date.now() - t.at < keyLife)

/** The key of the same write that an earlier run of the program sent without an answer. */
const keyOf = (w: Omit<Write, 'key'>): string | undefined =>
  w.unkept ? left().find((t) => t.slot === w.slot && t.mark === markOf(w.body))?.key : undefined

function trace(w: Write): void {
  const others = left().filter((t) => t.slot !== w.slot)
  storage.set(traces, [...others, { slot: w.slot, key: w.key, mark: markOf(w.body), at: Date.now() }])
}

const running = new Map<string, { entry: Write; result: Promise<unknown> }>()
const queues = new Map<string, Promise<unknown>>()
const firstPause = 1000 // milliseconds
const longestPause = 30000
const shortWait = 3000 // nobody is told of a pause that the server asks for and that is no longer
let wake: (() => void)[] = []

const save = () => storage.set(store, writes.waiting.filter((w) => !w.unkept))

/** Tries everything that waits at once, instead of at its time. */
export function hurry(): void {
  const sleepers = wake
  wake = []
  sleepers.forEach((go) => go())
}

const pause = (ms: number) =>
  new Promise<void>((resolve) => {
    wake.push(resolve)
    setTimeout(resolve, ms)
  })

/** Writes once. Resolves when the server has done it, however long the network is away. Error: Refused. */
export function write<T>(w: Omit<Write, 'key'>): Promise<T> {
  const sent = running.get(w.slot)
  if (sent && alike(sent.entry, w)) return sent.result as Promise<T>
  // The same wish in other words is another request, with a key of its own. It goes once the first has its answer.
  const before = writes.waiting.find((x) => x.slot === w.slot && x.key !== sent?.entry.key)
  const entry: Write = before && alike(before, w) ? before : { ...w, key: keyOf(w) ?? newKey() }
  if (entry.unkept) trace(entry)
  writes.waiting = [...writes.waiting.filter((x) => x.slot !== w.slot || x.key === sent?.entry.key), entry]
  save()
  const send = () => inTurn(entry, () => run<T>(entry))
  const result = (sent ? sent.result.then(send, send) : send()).finally(() => {
    if (running.get(w.slot)?.entry.key === entry.key) running.delete(w.slot)
  })
  running.set(w.slot, { entry, result })
  return result
}

// What waits to be taken back, each with what sends it now.
const held = new Map<string, () => void>()

/** A write that its person may still take back. */
export interface Later<T> {
  result: Promise<T | undefined> // undefined: it was taken back
  takeBack: () => void
}

/** Writes as `write` does, after a time in which it can be taken back; a closed program sends it when it starts again. */
export function writeLater<T>(w: Omit<Write, 'key'>, pause: number): Later<T> {
  const key = newKey()
  writes.waiting = [...writes.waiting, { ...w, key, held: true }]
  save()
  let end: (sends: boolean) => void = () => undefined
  const result = new Promise<T | undefined>((resolve, reject) => {
    end = (sends) => {
      if (!held.delete(key)) return
      clearTimeout(timer)
      if (!sends) done({ ...w, key })
      else for (const x of writes.waiting) if (x.key === key) delete x.held
      if (sends) write<T>(w).then(resolve, reject)
      else resolve(undefined)
    }
    const timer = setTimeout(() => end(true), pause)
  })
  held.set(key, () => end(true))
  return { result, takeBack: () => end(false) }
}

/** Sends at once what could still be taken back: its page is left. */
export function sendHeld(): void {
  for (const send of [...held.values()]) send()
}

const patience = 6 * firstPause // for the server to answer what it was sent all at once

/** Sends what is held, and waits for the answers: what is read next knows what was decided. No wait without a network. */
export async function caughtUp(): Promise<void> {
  const away = writes.stuck
  sendHeld()
  if (away || !running.size) return
  await Promise.race([
    Promise.allSettled([...running.values()].map((r) => r.result)),
    new Promise((resolve) => setTimeout(resolve, patience)),
  ])
}

const alike = (a: Pick<Write, 'body'>, b: Pick<Write, 'body'>) => JSON.stringify(a.body) === JSON.stringify(b.body)

function inTurn<T>({ queue }: Write, send: () => Promise<T>): Promise<T> {
  const before = queue && queues.get(queue)
  const result = before ? before.then(send, send) : send()
  if (queue) queues.set(queue, result)
  return result
}

/** Whether a refusal is only for now. Who has guessed too often is told so, and not tried again. */
const forNow = (e: Refused) => (e.status === 429 && e.reason !== 'too_many_guesses') || e.status >= 500

async function run<T>(w: Write): Promise<T> {
  for (let wait = firstPause; ; wait = Math.min(wait * 2, longestPause)) {
    try {
      const answer = await call<T>(w.method, w.path, w.body, w.key)
      done(w)
      return answer
    } catch (e) {
      const later = e instanceof Unreachable || (e instanceof Refused && forNow(e))
      if (!later) {
        done(w)
        throw e
      }
      const busy = e instanceof Refused && e.retryAfter ? e.retryAfter * 1000 : 0
      const away = isAway(e)
      if (away) miss(w)
      if (!busy || busy > shortWait) writes.stuck = away ? 'away' : 'busy'
      await pause(busy || wait)
    }
  }
}

/** Remembers, over the end of the program too, that the network was away. */
function miss(w: Write): void {
  if (w.missed) return
  w.missed = true
  for (const x of writes.waiting) if (x.key === w.key) x.missed = true
  save()
}

function done(w: Write): void {
  writes.waiting = writes.waiting.filter((x) => x.key !== w.key)
  writes.stuck = ''
  save()
  if (w.unkept) storage.set(traces, left().filter((t) => t.key !== w.key))
}

/** Goes on with what an earlier run of the program left, and tells what becomes of it. Call once, at the start. */
export function resume(): void {
  onOnline(hurry)
  for (const w of [...writes.waiting]) {
    delete w.held
    write(w)
      .then(() => w.missed && writes.came.push(w))
      .catch((e) => writes.failed.push(`${w.label}没有办成：${sentenceOf(e)}`))
  }
}

/** What became of writes whose page is gone: one line for all that had waited, and each refusal once. */
export function notes(): { came: string; failed: string[] } {
  const [first] = writes.came
  const n = writes.came.reduce((sum, w) => sum + (w.count ?? 1), 0)
  const decisions = writes.came.every((w) => w.count)
  const many = decisions ? `网络好了，${n} 个决定送到了。` : `网络好了，${n} 件都送到了。`
  return { came: !first ? '' : n > 1 ? many : `网络好了，${first.label}已经送到。`, failed: [...new Set(writes.failed)] }
}

/** What was told on one page is not told again on the next. */
export function dropNotes(): void {
  writes.came = []
  writes.failed = []
}
leaving.push(dropNotes)
