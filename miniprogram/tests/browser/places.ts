// Every page, and who looks at it: a page that is missing here fails the tests.
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { askedFor, needed } from './needs'
import { ask } from './people'
import { doubted as doubtedPoints, objected, report } from './served'
import { announce, digits, enlist, flagged, found, reported, weekly } from './service'

interface Claims { items: { claim: { id: string; wishId: string } }[] }
interface Written { items: { userId: string; writtenDown: boolean }[] }
interface Wishes { items: { id: string }[] }
interface Records { items: { id: string; title: string }[] }

const moved = '帮邻居搬家具'

export interface Place {
  persona: string
  page: string
  query?: Record<string, string>
}

/** The pages of pages.json by their names, each with its path. */
export function known(): Map<string, string> {
  const text = readFileSync(path.resolve(__dirname, '../../src/pages.json'), 'utf8')
  const json = JSON.parse(text) as { pages: { path: string }[]; subPackages?: { root: string; pages: { path: string }[] }[] }
  const sub = (json.subPackages ?? []).flatMap((s) => s.pages.map((p) => `${s.root}/${p.path}`))
  return new Map([...json.pages.map((p) => p.path), ...sub].map((p) => [path.basename(p), p]))
}

/** Where the tests look, with what the demo's people would find there. */
export async function places(): Promise<Place[]> {
  const wish = (await ask<Wishes>('member', 'wishes')).items[0]!.id
  const mine = (await ask<Wishes>('resident', 'wishes?mine=true')).items[0]!.id
  const delivered = (await ask<Claims>('secretary', 'claims?status=delivered')).items[0]!.claim
  const done = (await ask<Wishes>('resident', 'wishes?mine=true&status=fulfilled')).items[0]!.id
  const complaint = (await ask<Wishes>('street', 'approvals?kind=complaint')).items[0]!.id
  const newcomer = (await ask<Wishes>('secretary', 'memberships?status=requested')).items[0]!.id
  const { roles } = (await ask<{ roles: { nodeId: string }[] }>('secretary', 'me'))
  const people = (await ask<Written>('secretary', `volunteers?limit=100&nodeId=${roles[0]!.nodeId}`)).items
  const elder = people.find((p) => p.writtenDown)!.userId
  const { team, soon, full, again, mate } = await served()
  const record = (await ask<Wishes>('resident-2', 'service-records?mine=true')).items[0]?.id ?? (await reported('resident-2'))
  const mineToo = (await ask<Records>('resident-2', 'service-records?mine=true&limit=100')).items
  const waiting = mineToo.find((r) => r.title === moved)?.id ?? (await report('resident-2', moved, 2))
  const doubted = await objected('resident-2', '擦楼道的扶手', 3, '我做到了十一点半，少记了半小时。')
  const { need, fresh, order } = await needed()
  const evenings = (await ask<{ items: { id: string; status: string }[] }>('area-leader', 'visits?scope=led')).items
  const [evening, heldEvening] = ['planned', 'held'].map((s) => evenings.find((v) => v.status === s)!.id) as [string, string]
  const open = (await ask<{ items: { id: string; name: string }[] }>('unit', 'offers?scope=hosted')).items.find((o) => o.name === '第一小学会议室')!.id
  const asked = (await ask<{ items: { id: string; status: string }[] }>('unit', `bookings?scope=hosted&offerId=${open}`)).items[0]!.id
  const signed = (await ask<{ items: { agreement: { id: string } }[] }>('resident', 'agreements?scope=signed')).items[0]!.agreement.id
  const offered = (await ask<{ items: { agreement: { id: string; status: string } }[] }>('unit', 'agreements?scope=mine')).items.find((a) => a.agreement.status === 'offered')!.agreement.id
  const projects = (await ask<{ items: { id: string; status: string }[] }>('secretary', 'projects?scope=mine&limit=100')).items
  const project = (status: string) => projects.find((p) => p.status === status)!.id
  const vote = (await ask<{ ballot: { id: string } }>('secretary', `projects/${project('delivered')}`)).ballot.id
  const brands = (await ask<{ items: { id: string; name: string }[] }>('secretary', 'brands?scope=public&limit=100')).items
  const brand = (name: string) => ({ id: brands.find((b) => b.name === name)!.id })
  const share = { id: await doubtedPoints('member', '说好的不是这个分数。') }
  return [
    { persona: 'secretary', page: 'case', query: { id: await flagged() } }, { persona: 'secretary', page: 'reason', query: { what: 'case', id: '1' } },
    { persona: 'secretary', page: 'objection', query: share }, { persona: 'secretary', page: 'share', query: share },
    { persona: 'resident', page: 'wish', query: { id: done } },
    { persona: 'secretary', page: 'servicecheck', query: { id: waiting } },
    { persona: 'secretary', page: 'objection', query: { id: doubted.objection } },
    { persona: 'secretary', page: 'correct', query: { record: doubted.record } },
    { persona: 'secretary', page: 'join', query: { id: elder } }, { persona: 'secretary', page: 'reason', query: { what: 'join', id: '1' } },
    { persona: 'secretary', page: 'recorders' }, { persona: 'secretary', page: 'unseen', query: { id: soon } }, { persona: 'secretary', page: 'found' },
    { persona: leader, page: 'code', query: { id: soon } }, { persona: leader, page: 'roll', query: { id: soon } },
    { persona: leader, page: 'settle', query: { id: soon } }, { persona: leader, page: 'manage', query: { id: team } },
    { persona: leader, page: 'plan', query: { team } }, { persona: leader, page: 'plan', query: { id: again } },
    { persona: leader, page: 'member', query: { team, id: mate } }, { persona: leader, page: 'teamwords', query: { id: team } },
    { persona: leader, page: 'guest', query: { id: team } }, { persona: leader, page: 'guest', query: { id: team, lead: '1' } },
    { persona: leader, page: 'handover', query: { id: team } }, { persona: 'secretary', page: 'disband', query: { id: team } },
    { persona: 'secretary', page: 'handover', query: { id: team } }, { persona: 'secretary', page: 'manage', query: { id: team } },
    { persona: leader, page: 'calloff', query: { id: again } }, { persona: leader, page: 'activity', query: { id: again } }, { persona: leader, page: 'activity', query: { id: soon } }, { persona: leader, page: 'activity', query: { id: full } },
    { persona: leader, page: 'writedown', query: { id: soon, team } },
    { persona: 'resident', page: 'home' }, { persona: 'member', page: 'home' }, { persona: 'secretary', page: 'home' },
    { persona: 'resident', page: 'hall' }, { persona: 'resident', page: 'inbox' },
    { persona: 'resident', page: 'mine' }, { persona: 'secretary', page: 'mine' },
    { persona: 'member', page: 'wish', query: { id: wish } }, { persona: 'resident', page: 'wish', query: { id: mine } },
    { persona: 'secretary', page: 'wish', query: { id: delivered.wishId } },
    { persona: 'resident', page: 'post' }, { persona: 'grid', page: 'post', query: { behalf: '1' } },
    { persona: 'member', page: 'promise', query: { id: wish } },
    { persona: 'secretary', page: 'confirm', query: { asked: '1', id: delivered.id } },
    { persona: 'secretary', page: 'deliver', query: { id: delivered.id } },
    { persona: 'secretary', page: 'reason', query: { what: 'claim', id: '1' } },
    { persona: 'resident', page: 'fulfilled', query: { id: done } },
    { persona: 'resident', page: 'wishes' }, { persona: 'member', page: 'claims' },
    { persona: 'resident', page: 'reads', query: { id: mine } }, { persona: 'member', page: 'points' },
    { persona: 'member', page: 'boards' }, { persona: 'secretary', page: 'approvals' }, { persona: 'secretary', page: 'walk' }, { persona: 'secretary', page: 'staff' }, { persona: 'street', page: 'staff' }, { persona: 'resident', page: 'number' },
    { persona: 'member', page: 'report' }, { persona: 'resident', page: 'report' },
    { persona: 'secretary', page: 'reportin', query: { id: newcomer } },
    { persona: 'secretary', page: 'deputy' }, { persona: 'secretary', page: 'phone' }, { persona: 'street', page: 'phone' }, { persona: 'resident', page: 'places' },
    { persona: 'resident', page: 'say' }, { persona: 'grid', page: 'say', query: { behalf: '1' } }, { persona: 'resident', page: 'needs' },
    { persona: 'resident', page: 'need', query: { id: need } }, { persona: 'secretary', page: 'need', query: { id: fresh } },
    { persona: 'secretary', page: 'needs', query: { scope: 'desk' } }, { persona: 'secretary', page: 'whistle', query: { id: need } },
    { persona: 'secretary', page: 'merge', query: { id: fresh } }, { persona: 'secretary', page: 'towish', query: { id: fresh } }, { persona: 'county', page: 'stuck' }, { persona: 'county', page: 'home' }, { persona: 'county', page: 'month' }, { persona: 'resident', page: 'reads', query: { id: need, what: 'need' } },
    { persona: 'responder', page: 'orders' }, { persona: 'secretary', page: 'orders', query: { mine: 'sent' } }, { persona: 'responder', page: 'order', query: { id: order } }, { persona: 'responder', page: 'home' },
    { persona: 'resident', page: 'visits' }, { persona: 'area-leader', page: 'visits' }, { persona: 'area-leader', page: 'promises' }, { persona: 'area-leader', page: 'home' }, { persona: 'area-leader', page: 'visit', query: { id: evening } }, { persona: 'area-leader', page: 'notebook', query: { id: evening } },
    { persona: 'resident', page: 'offers' }, { persona: 'resident', page: 'offer', query: { id: open } }, { persona: 'resident', page: 'bookings' }, { persona: 'resident', page: 'booking', query: { id: asked } },
    { persona: 'unit', page: 'door' }, { persona: 'unit', page: 'dayoff', query: { id: open } }, { persona: 'unit', page: 'offerhours', query: { id: open } }, { persona: 'unit', page: 'offermonth', query: { id: open } }, { persona: 'unit', page: 'newoffer' }, { persona: 'unit', page: 'booking', query: { id: asked } },
    { persona: 'resident', page: 'agreements' }, { persona: 'resident', page: 'pact', query: { id: signed } }, { persona: 'unit', page: 'pact', query: { id: offered } }, { persona: 'secretary', page: 'agree' }, { persona: 'unit', page: 'cobuilding' }, { persona: 'street', page: 'lists' }, { persona: 'resident', page: 'alliance' }, { persona: 'street', page: 'desks' },
    { persona: 'unit', page: 'projects' }, { persona: 'resident', page: 'project', query: { id: project('delivered') } }, { persona: 'resident', page: 'project', query: { id: project('accepted') } },
    { persona: 'resident', page: 'brands' }, { persona: 'secretary', page: 'brand', query: brand('五民工程') }, { persona: 'unit', page: 'brand', query: brand('邻里一家亲') }, { persona: 'resident', page: 'brand', query: brand('1+1+N') }, { persona: 'secretary', page: 'newbrand' },
    { persona: 'secretary', page: 'propose' }, { persona: 'secretary', page: 'steps', query: { id: project('matched') } }, { persona: 'secretary', page: 'voters', query: { id: vote, enter: '1' } },
    { persona: 'resident', page: 'meet', query: { ask: '1' } }, { persona: 'area-leader', page: 'meet' }, { persona: 'resident', page: 'visit', query: { id: heldEvening } },
    { persona: 'secretary', page: 'duties' }, { persona: 'responder', page: 'admissions' }, { persona: 'responder', page: 'permit' }, { persona: 'county', page: 'admission', query: { id: await askedFor() } },
    { persona: 'resident', page: 'complaints' }, { persona: 'resident', page: 'complain' },
    { persona: 'street', page: 'complaint', query: { id: complaint } },
    { persona: 'resident', page: 'activities' }, { persona: 'member', page: 'activities', query: { mine: '1' } },
    { persona: 'resident', page: 'activity', query: { id: soon } }, { persona: 'member', page: 'activity', query: { id: full } },
    { persona: 'resident', page: 'checkin', query: { id: soon } }, { persona: 'resident-2', page: 'checkin', query: { id: full } },
    { persona: 'resident-2', page: 'records' }, { persona: 'resident-2', page: 'record', query: { id: record } },
    { persona: 'resident', page: 'records' }, { persona: 'resident', page: 'selfreport' }, { persona: 'resident', page: 'teams' }, { persona: 'resident', page: 'team', query: { id: team } },
    { persona: 'member', page: 'card' }, { persona: 'member', page: 'certificate' },
    { persona: 'secretary', page: 'issued' }, { persona: 'street', page: 'issued' }, { persona: 'secretary', page: 'counter' }, { persona: 'street', page: 'counter' },
    { persona: 'secretary', page: 'reason', query: { what: 'certificate', id: '1' } },
    { persona: 'secretary', page: 'certificate', query: { user: '1', name: '刘奶奶', first: '2025-05-01', last: '2026-01-02' } },
    { persona: 'member', page: 'certificates' }, { persona: 'unit', page: 'unit' }, { persona: 'street', page: 'below' }, { persona: 'county', page: 'below' }, { persona: 'auditor', page: 'audit' }, { persona: 'auditor', page: 'mine' },
    { persona: 'resident', page: 'about' }, { persona: 'resident', page: 'logout' }, { persona: 'resident', page: 'mydata' }, { persona: 'resident', page: 'devices' }, { persona: 'resident', page: 'texts' },
    { persona: 'secretary', page: 'phonemessages' }, { persona: 'resident-2', page: 'flag', query: { about: 'wish', id: '1', photos: '2,3' } },
    { persona: 'resident', page: 'agreement' }, { persona: 'resident', page: 'erase' }, { persona: 'resident', page: 'review' }, { persona: 'resident', page: 'privacy' }, { persona: 'resident', page: 'gone' }, { persona: 'resident', page: 'name' }, { persona: 'resident', page: 'arrive' }, { persona: 'resident', page: 'design' },
  ]
}

/** A team with two activities about to begin: a resident is in the one, and another waits for a place in the other. */
export const leader = 'member-8'
async function served(): Promise<Record<'team' | 'soon' | 'full' | 'again' | 'mate', string>> {
  const team = await found(`便民服务队${Math.random().toString(36).slice(2, 6)}`, leader)
  const soon = await announce(team, leader, '学雷锋便民服务', 20, 20)
  const full = await announce(team, leader, '陪老人去体检', 25, 1)
  await ask('resident', `activities/${soon}/signups`, { overlap: true })
  await ask(leader, `activities/${soon}/signups`, { overlap: true })
  await ask('resident', `activities/${soon}/checkins`, { code: await digits(leader, soon) })
  await ask('member', `activities/${full}/signups`, { overlap: true })
  await ask('resident-2', `activities/${full}/signups`, { overlap: true })
  const again = (await weekly(team, leader, '清理滨河步道')).at(-1)!
  const [mate] = await enlist(team, leader, 'member-2', 'member-3')
  return { team, soon, full, again, mate: mate! }
}
