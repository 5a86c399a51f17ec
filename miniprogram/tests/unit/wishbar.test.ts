// What staff may do with a wish is what the server allows them, not what their role may do elsewhere.
import { mount } from '@vue/test-utils'
import { beforeEach, expect, test } from 'vitest'
import type { Claim, Wish, WishDetail } from '@/services/types'
import { phone } from './setup'

const settled = () => new Promise((resolve) => setTimeout(resolve))
const wish = { id: '7', nodeId: '1', status: 'taken', mine: false, onBehalf: true } as Wish
const claim = (more: Partial<Claim>) => ({ id: '9', status: 'delivered', mine: false, ...more }) as Claim

beforeEach(async () => {
  phone.storage.set('xinyuan/resident/token', 't')
  const { person } = await import('@/services/me')
  person.me = { id: '9', roles: [], membership: { nodeId: '1' } } as unknown as typeof person.me // what their roles are is the server's to judge
})

async function bar(detail: Partial<WishDetail>) {
  const { default: WishBar } = await import('@/components/wish/WishBar.vue')
  const shown = mount(WishBar as object, { props: { detail: { wish, history: [], mayReadContact: false, ...detail } } })
  const buttons = () => shown.findAllComponents({ name: 'XyButton' })
  return { shown, labels: () => buttons().map((b) => b.props('label') as string), tap: (label: string) => buttons().find((b) => b.props('label') === label)!.vm.$emit('tap') }
}

test('who may decide a dispute lets the claimant go on, or has another found', async () => {
  phone.network = () => ({ statusCode: 200, data: claim({ status: 'approved' }) })
  const { shown, labels, tap } = await bar({ claim: claim({ disputed: true }), mayDecide: true })
  expect(labels()).toEqual(['换人来办', '请认领人接着办'])
  tap('请认领人接着办')
  await settled()
  const sent = phone.sent.find((s) => s.url.endsWith('/claims/9/review'))!
  expect(JSON.parse(sent.data!)).toEqual({ decision: 'approve' })
  shown.unmount()
})

test('who may also ask the resident records the answer to a dispute', async () => {
  const { labels } = await bar({ claim: claim({ disputed: true }), mayDecide: true, mayRecordAnswer: true })
  expect(labels()).toEqual(['换人来办', '请认领人接着办', '问过居民，说是办好了'])
})

test('a secretary who has a part in the matter is offered no decision', async () => {
  for (const detail of [{ wish: { ...wish, status: 'submitted' as const } }, { claim: claim({ status: 'requested' }) }, { claim: claim({ disputed: true }) }]) {
    const { shown, labels } = await bar({ ...detail, decidesHere: true })
    expect(labels()).toEqual([])
    expect(shown.text()).toContain('由别的同事来定')
  }
})

test('who asks the resident records the answer, and the others read who does', async () => {
  expect((await bar({ claim: claim({}), mayRecordAnswer: true })).labels()).toEqual(['问过居民了，记下答复'])
  expect((await bar({ claim: claim({ askedAgain: true }), decidesHere: true })).shown.text()).toContain('再问一遍')
})

test('staff who do not ask the resident read whose post it is', async () => {
  const asker = (userId: string, role: 'grid_worker' | 'building_head', displayName: string) => ({ userId, role, displayName })
  const { shown } = await bar({ claim: claim({}), decidesHere: true, askers: [asker('2', 'grid_worker', '林强'), asker('3', 'building_head', '王芳')] })
  expect(shown.text()).toContain('由没有经手的同事来问居民（网格员林强、楼栋长王芳）')
  shown.unmount()
})

test('a member claims where the server lets them, and otherwise reads that others do', async () => {
  const open = { ...wish, status: 'open' as const }
  expect((await bar({ wish: open, mayClaim: true })).labels()).toEqual(['我来认领'])
  const { shown, labels } = await bar({ wish: open })
  expect(labels()).toEqual([])
  expect(shown.text()).toContain('由别的党员来认领')
})

test('who recorded a wish for a resident adds what is asked for', async () => {
  expect((await bar({ wish: { ...wish, status: 'rejected' }, mayEdit: true })).labels()).toEqual(['改好，再交给社区'])
})
