// Who uses the program, and how they like to see it.
import { reactive } from 'vue'
import { storage, storedPages, prefersLargeLetters } from '@/platform'
import { call, forgetSession, get, hasSession, logIn, logInWithCode } from './http'
import { rolesOf } from './states.gen'
import type { Me, Node, Page, Role } from './types'

interface Person {
  me: Me | undefined
  home: Node | undefined
  elder: boolean
  unread: number
  tasks: number // what waits for my decision, when it was last asked
}

export const person = reactive<Person>({
  me: storage.get<Me>('me'),
  home: storage.get<Node>('home'),
  elder: storage.get<boolean>('elder') ?? prefersLargeLetters(),
  unread: 0,
  tasks: 0,
})

function take(me: Me): Me {
  person.me = me
  storage.set('me', me)
  if (storage.get('elder') === undefined && me.elderView) person.elder = true
  return me
}

let known: Promise<Me> | undefined

async function findHome(me: Me): Promise<Me> {
  const id = me.homeNodeId ?? me.membership?.nodeId
  if (id && person.home?.id !== id) {
    person.home = (await communities()).find((n) => n.id === id)
    storage.set('home', person.home)
  }
  return me
}

/** Me, asked once; again with fresh. Errors: Refused, Unreachable. */
export function whoAmI(fresh = false): Promise<Me> {
  if (fresh || !known) {
    known = (hasSession() ? get<Me>('/me') : logIn()).then(take).then(findHome)
    known.catch(() => (known = undefined))
  }
  return known
}

type Change = Partial<Pick<Me, 'displayName' | 'homeNodeId' | 'elderView' | 'showOnBoards'>>

export async function change(what: Change): Promise<Me> {
  const me = take(await call<Me>('PATCH', '/me', what))
  known = Promise.resolve(me)
  return me
}

/** Ends the session on this phone, here and on the server; the next page that asks logs in again. */
export async function logOut(): Promise<void> {
  await call<void>('DELETE', '/sessions/current')
  forgetSession()
  forgetPerson()
}

/** Becomes the person of a reviewer's code. Errors: Refused, Unreachable. */
export async function becomeReviewer(code: string): Promise<void> {
  const me = await logInWithCode(code)
  forgetPerson()
  known = findHome(take(me))
  await known
}

export function forgetPerson(): void {
  known = undefined
  person.me = undefined
  person.home = undefined
  storage.drop('me')
  storage.drop('home')
  storedPages.keys().forEach(storedPages.drop)
  storage.dropAll('draft/') // what was typed and not sent names people, too
}

/** Whether WeChat's reviewers may log in with a code now. */
export const reviewIsOn = async (): Promise<boolean> => (await get<{ isOn: boolean }>('/review')).isOn

export const phoneOf = {
  /** Hands over my number by the code of WeChat's button. */
  give: async (code: string) => {
    const { phoneMasked } = await call<{ phoneMasked: string }>('POST', '/me/phone', { code })
    if (person.me) person.me.phoneMasked = phoneMasked
  },
}

/** Switches the elder view at once; the server learns of it when it can. */
export function setElder(on: boolean): void {
  person.elder = on
  storage.set('elder', on)
  change({ elderView: on }).catch(() => undefined)
}

export async function chooseHome(node: Node): Promise<void> {
  await change({ homeNodeId: node.id })
  person.home = node
  storage.set('home', node)
}

const deciders: readonly Role[] = rolesOf.deciders
const recorders: readonly Role[] = [...rolesOf.deciders, ...rolesOf.posts]

export const roles = {
  decides: () => !!person.me?.roles.some((r) => deciders.includes(r.role)),
  records: () => !!person.me?.roles.some((r) => recorders.includes(r.role)),
  /** The community where I record wishes for residents: a secretary's own; the others work where they are at home. */
  recordsAt: () => roles.secretary()?.nodeId ?? person.me?.homeNodeId,
  any: () => !!person.me?.roles.length,
  /** Where I decide, as far up as it goes. */
  decidesFor: () => [...deciders].reverse().map((role) => person.me?.roles.find((r) => r.role === role)).find((r) => r)?.nodeId,
  secretary: () => person.me?.roles.find((r) => r.role === 'secretary'),
  member: () => !!person.me?.membership,
  /** The unit that I am the liaison of. */
  liaison: () => person.me?.roles.find((r) => r.role === 'unit_liaison'),
}

export const communities = async (): Promise<Node[]> => {
  const lists = await Promise.all(
    ['community', 'village'].map((kind) => get<Page<Node>>('/nodes', { kind })),
  )
  return lists.flatMap((list) => list.items)
}

/** The communities that I look after as staff: my own, or those below me. */
export async function lookedAfter(): Promise<Pick<Node, 'id' | 'name'>[]> {
  const own = roles.secretary()
  if (own) return [{ id: own.nodeId, name: own.nodeName ?? '' }]
  const at = roles.decidesFor()
  const county = person.me?.roles.some((r) => r.role === 'county')
  return (await communities()).filter((n) => county || n.parentId === at)
}

export const units = async (): Promise<Node[]> => (await get<Page<Node>>('/nodes', { kind: 'unit' })).items

/** One of two ways to say it: the elder view's sentences are short. */
export const byView = (usual: string, short: string): string => (person.elder ? short : usual)
