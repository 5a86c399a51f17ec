// The only file that talks to the server: sessions, refusals, and what to do when the network is bad.
import { storage, deviceName, loginCode, newKey, send, sendFile, showFile, Unreachable, type Answer, type Call } from '@/platform'
import { syncClock } from './clock'
import type { Field, Me, Reason, Refusal, Session } from './types'

/** The server said no. `message` tells a person what to do; `fields` what is wrong where. */
export class Refused extends Error {
  constructor(
    readonly status: number,
    readonly reason: Reason,
    message: string,
    readonly fields: Field[] = [],
    readonly retryAfter = 0,
    readonly existing?: string, // the id of what there is already
  ) {
    super(message)
  }
}

export { Unreachable }

const root = '/api/v1'
let loggingIn: Promise<Me> | undefined
let held: string | undefined // the session's token, which outlives a storage that is full or emptied
const token = (): string | undefined => (held ??= storage.get<string>('token'))

/** Logs in without a form; several callers share one log-in. Errors: Refused, Unreachable. */
export function logIn(): Promise<Me> {
  loggingIn ??= loginCode()
    .then((code) => ask('POST', '/sessions', { code, device: deviceName() }, {}))
    .then(keep)
    .finally(() => {
      loggingIn = undefined
    })
  return loggingIn
}

function keep(answer: unknown): Me {
  const session = answer as Session
  held = session.token
  storage.set('token', held)
  return session.user
}

/** Logs a reviewer of WeChat's in with the operator's code, in place of who was logged in. Errors: Refused, Unreachable. */
export const logInWithCode = async (code: string): Promise<Me> => keep(await ask('POST', '/review-sessions', { code }, {}))

/** Whether there is a session, dead or alive. */
export const hasSession = (): boolean => !!token()

/** Forgets the session on this phone; the next call logs in again. */
export function forgetSession(): void {
  held = undefined
  storage.drop('token')
}

async function ask(method: Call['method'], path: string, body: unknown, headers: Record<string, string>) {
  return judge(await send({ method, url: root + path, body, headers }))
}

function judge(answer: Answer): unknown {
  syncClock(answer.now)
  if (answer.status >= 200 && answer.status < 300) return answer.body
  const said = (answer.body ?? {}) as Partial<Refusal>
  // A proxy in between answers without our words.
  if (!said.reason) throw new Unreachable(`status ${answer.status}`)
  throw new Refused(answer.status, said.reason, said.message ?? '', said.fields, answer.retryAfter, said.existingId)
}

/** Sends a request as the person, logging in first when need be. Errors: Refused, Unreachable. */
export async function call<T>(method: Call['method'], path: string, body?: unknown, key?: string): Promise<T> {
  return (await loggedIn((session) =>
    ask(method, path, body, { ...session, ...(key ? { 'Idempotency-Key': key } : {}) }),
  )) as T
}

/** Sends a file as the person, once: who wants to be sure sends it again. Errors: Refused, Unreachable. */
export async function upload<T>(path: string, file: string): Promise<T> {
  return (await loggedIn(async (session) => judge(await sendFile(root + path, file, session)))) as T
}

/** Calls as who is logged in now, and as nobody else: a dead session is an answer. Errors: Refused, Unreachable. */
export const callAsIs = <T>(method: Call['method'], path: string): Promise<T> =>
  ask(method, path, undefined, { Authorization: 'Bearer ' + (token() ?? '') }) as Promise<T>

async function loggedIn(send: (session: Record<string, string>) => Promise<unknown>): Promise<unknown> {
  if (!token()) await logIn()
  const used = token()
  const session = () => ({ Authorization: 'Bearer ' + (token() ?? '') })
  try {
    return await send(session())
  } catch (e) {
    if (!(e instanceof Refused) || e.status !== 401) throw e
    // Another call with the same dead token may have logged in meanwhile.
    if (token() === used) {
      forgetSession()
      await logIn()
    } else if (!token()) await logIn()
    return send(session())
  }
}

/** Reads. Parameters that are undefined or empty are left out. */
export function get<T>(path: string, query: Record<string, string | number | boolean | undefined> = {}): Promise<T> {
  const text = Object.entries(query)
    .filter(([, value]) => value !== undefined && value !== '')
    .map(([name, value]) => `${name}=${encodeURIComponent(String(value))}`)
    .join('&')
  return call<T>('GET', text ? `${path}?${text}` : path)
}

/** Fetches a file as the person and shows it. Errors: Refused without words of the server's, Unreachable. */
export async function show(path: string, kind: 'pdf' | 'xlsx' | 'zip', name?: string): Promise<void> {
  await loggedIn(async (session) => {
    const status = await showFile(root + path, kind, session, name)
    if (status === 401) throw new Refused(401, 'unauthenticated', '登录已经过期，请重新登录。')
    if (status !== 200) throw new Refused(status, 'not_found', '这份文件现在打不开，请刷新后再看。')
  })
}

export { newKey }
