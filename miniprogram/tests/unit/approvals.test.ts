// The list of approvals: what has to be opened first shows no box, and each sentence names whom and how late.
import { flushPromises, mount } from '@vue/test-utils'
import { beforeEach, expect, test, vi } from 'vitest'
import type { Approval, ApprovalKind } from '@/services/types'
import { phone } from './setup'

const went: string[] = []
beforeEach(async () => {
  went.length = 0
  phone.storage.set('xinyuan/resident/token', 't')
  Object.assign(uni, {
    navigateTo: ({ url }: { url: string }) => went.push(url),
    getMenuButtonBoundingClientRect: () => ({ top: 0, left: 300 }), getWindowInfo: () => ({ windowWidth: 390 }),
  })
  const { person } = await import('@/services/me')
  person.me = { roles: [{ role: 'secretary', nodeId: '1' }] } as typeof person.me
})

const matter = (kind: ApprovalKind, more: Partial<Approval> = {}) => ({
  kind, id: '1', wishId: '7', title: '想要一把椅子', who: '黄海燕', nodeId: '1', nodeName: '茂山社区', since: '2026-11-26T01:00:00Z', escalated: false, late: false, ...more,
}) as Approval

async function row(item: Approval, more = {}) {
  const { default: ApprovalRow } = await import('@/components/approval/ApprovalRow.vue')
  return mount(ApprovalRow as object, { props: { item, chosen: false, ...more } })
}

test('a wish is opened before it can be ticked, and what was chosen stays', async () => {
  const { openMatter, picks, unopened } = await import('@/services/staff')
  const wish = matter('wish')
  picks.chosen = ['claim:2']
  expect(unopened(wish)).toBe(true)
  const closed = await row(wish, { unread: unopened(wish) })
  expect(closed.find('[role=checkbox]').exists()).toBe(false)
  expect(closed.find('.boxtap').text()).toBe('先看')
  await closed.find('.boxtap').trigger('click')
  expect(closed.emitted('open')).toHaveLength(1)
  expect(closed.emitted('toggle')).toBeUndefined()
  openMatter(wish)
  expect(went).toEqual(['/pages/wish/wish?id=7'])
  expect(unopened(wish)).toBe(false)
  const opened = await row(wish, { unread: unopened(wish) })
  expect(opened.find('[role=checkbox]').exists()).toBe(true)
  expect(picks.chosen).toEqual(['claim:2'])
})

test('a claim needs no look first, unless the server wants one', async () => {
  const { unopened } = await import('@/services/staff')
  expect(unopened(matter('claim'))).toBe(false)
  expect(unopened(matter('service', { oneByOne: 'sample' }))).toBe(true)
})

test('what is late says by how many days, and what has risen says so', async () => {
  const { lateWords } = await import('@/words/approvals')
  const present = Date.parse('2026-11-26T04:00:00Z')
  expect(lateWords('2026-11-23T08:00:00Z', present)).toBe('今天要办完')
  expect(lateWords('2026-11-22T08:00:00Z', present)).toBe('晚了 1 天')
  expect(lateWords('2026-09-22T08:00:00Z', present)).toBe('晚了 62 天')
  const late = await row(matter('claim', { since: '2026-01-01T00:00:00Z', late: true, escalated: true }))
  expect(late.findAll('.alarm').map((t) => t.text()).join('')).toMatch(/^晚了 \d+ 天，已报上一级$/)
  const { person } = await import('@/services/me')
  person.me = { roles: [{ role: 'street', nodeId: '2' }] } as typeof person.me
  expect((await row(matter('claim', { late: true, escalated: true, nodeName: '茂山社区' }))).text()).toContain('茂山社区报上来')
})

test('what was agreed to names whom', async () => {
  const { agreedTo } = await import('@/words/approvals')
  expect(agreedTo([matter('service')], { 1: { minutes: 112 } })).toBe('同意了黄海燕的 1\u00a0小时 52\u00a0分')
  expect(agreedTo([matter('membership')])).toBe('同意了黄海燕报到')
  expect(agreedTo([matter('claim')])).toBe('同意了黄海燕认领“想要一把椅子”')
  expect(agreedTo([matter('wish')])).toBe('公布了黄海燕的“想要一把椅子”')
  expect(agreedTo([matter('claim'), matter('claim', { id: '2' })])).toBe('同意了 2 项')
})

const pages = {
  walk: () => import('@/pages/approval/walk.vue'), reason: () => import('@/pages/approval/reason.vue'), approvals: () => import('@/pages/approval/approvals.vue'),
}
async function page(name: keyof typeof pages, query: object, hooks: Record<string, (q: object) => void>) {
  vi.doMock('@dcloudio/uni-app', () => Object.fromEntries(['onHide', 'onLoad', 'onShow', 'onUnload'].map((h) => [h, (f: (q: object) => void) => void (hooks[h] = f)])))
  const { default: Page } = await pages[name]()
  const shown = mount(Page as object)
  hooks.onLoad?.(query)
  hooks.onShow?.({})
  await flushPromises()
  return { shown, labels: () => shown.findAllComponents({ name: 'XyButton' }).map((b) => b.props('label') as string) }
}

test('one by one, a sample is opened before it is decided, and the strip names whom', async () => {
  const sample = matter('service', { oneByOne: 'sample', title: '清雪' })
  phone.network = ({ url }) => ({
    statusCode: 200, data: url.includes('/approvals') ? { items: [sample], counts: [{ kind: 'service', count: 1, late: 0 }] }
      : url.includes('/service-records/1') ? { record: { id: '1', userName: '黄海燕', minutes: 112, title: '清雪', startedAt: '2026-11-25T01:00:00Z', endedAt: '2026-11-25T02:52:00Z', due: 1, reviews: 0 }, history: [] } : { items: [] },
  })
  const { shown, labels } = await page('walk', {}, {})
  expect(labels()).toEqual(['先放着', '打开看', '不同意，打开来说理由'])
  const open = shown.findAllComponents({ name: 'XyButton' })[1]!
  open.vm.$emit('tap')
  await flushPromises()
  expect(went).toEqual(['/pages/hours/servicecheck?id=1'])
  expect(labels()[1]).toMatch(/^同意记/)
  shown.findAllComponents({ name: 'XyButton' })[1]!.vm.$emit('tap')
  await flushPromises()
  expect(shown.find('.body').text()).toContain('同意了黄海燕的 1\u00a0小时 52\u00a0分')
  shown.unmount()
})

test('one by one, what the server refuses comes once more at the end with its reason, and nobody is held up', async () => {
  vi.useFakeTimers()
  const two = [matter('claim', { id: '1', title: '修门', since: '2026-11-25T01:00:00Z' }), matter('claim', { id: '2', wishId: '8', title: '修窗' })]
  phone.network = ({ url, method }) => (method === 'POST'
    ? { statusCode: 409, data: { reason: 'claim_state', message: '这件事刚刚有人办了。', requestId: '1' } }
    : { statusCode: 200, data: url.includes('/approvals') ? { items: two, counts: [{ kind: 'claim', count: 2, late: 0 }] } : { wish: { title: url.endsWith('/8') ? '修窗' : '修门', ownerLabel: '', description: '' } } })
  const { shown, labels } = await page('walk', {}, {})
  const agree = async () => {
    shown.findAllComponents({ name: 'XyButton' }).find((b) => b.props('label') === '同意认领')!.vm.$emit('tap')
    await flushPromises()
  }
  expect(shown.find('.display').text()).toContain('修门')
  await agree()
  expect(shown.find('.display').text()).toContain('修窗') // the next comes at once
  await vi.advanceTimersByTimeAsync(10000)
  await flushPromises()
  expect(shown.text()).not.toContain('刚才没有办成') // not in the way of the next
  shown.findAllComponents({ name: 'XyButton' }).find((b) => b.props('label') === '先放着')!.vm.$emit('tap')
  await flushPromises()
  expect(shown.find('.display').text()).toContain('修门')
  expect(shown.text()).toContain('刚才没有办成：这件事刚刚有人办了。')
  expect(labels()).toContain('同意认领')
  shown.unmount()
  vi.useRealTimers()
})

test('one by one, the strip of what was done stays, and behind a filter the rest is named and led to', async () => {
  vi.useFakeTimers()
  const late = matter('claim', { id: '1', late: true })
  const other = matter('claim', { id: '2', wishId: '8' })
  let decided = false
  phone.network = ({ url, method }) => {
    if (method === 'POST') decided = true
    const items = (url.includes('late=true') ? [late] : [late, other]).filter((m) => !decided || m !== late)
    const counts = [{ kind: 'claim', count: decided ? 1 : 2, late: 1 }, { kind: 'complaint', count: 1, late: 0 }]
    return { statusCode: 200, data: url.includes('/approvals') ? { items, counts } : { wish: { title: url.endsWith('/8') ? '修窗' : '修门', ownerLabel: '', description: '' } } }
  }
  const { shown, labels } = await page('walk', { late: '1' }, {})
  const tap = async (label: string) => {
    shown.findAllComponents({ name: 'XyButton' }).find((b) => b.props('label') === label)!.vm.$emit('tap')
    await flushPromises()
  }
  await tap('同意认领')
  expect(shown.text()).toContain('10 秒内可以撤回')
  await vi.advanceTimersByTimeAsync(10000)
  await flushPromises()
  expect(shown.text()).toContain('这一遍办好了 1 件')
  expect(shown.text()).toContain('要先办的办完了')
  expect(shown.text()).not.toContain('打开来办')
  await tap('接着办，还有 2 件')
  expect(shown.find('.display').text()).toContain('修窗')
  await tap('先放着')
  expect(shown.text()).toContain('放着的、要打开来办的，还有 2 件。')
  await tap('再看放着的')
  expect(labels()).toContain('同意认领')
  shown.unmount()
  vi.useRealTimers()
})

// Listed by the server: as times these are in order, as texts they are not.
const inOrder = (kind: ApprovalKind) => ['2026-11-25T01:00:00Z', '2026-11-25T01:00:00.5Z', '2026-11-25T01:00:00.51Z']
  .map((since, n) => matter(kind, { id: `${9 - n}`, title: ['修门', '修窗', '修锁'][n], since }))
const serve = (items: Approval[]) => (phone.network = ({ url }) => ({
  statusCode: 200, data: url.includes('/approvals') ? { items, counts: [{ kind: items[0]!.kind, count: 3, late: 0 }] } : { wish: { title: '修门', ownerLabel: '', description: '' } },
}))

test('what waits stands in the order of the server, in the list and one by one', async () => {
  const hooks = {} // of both pages
  serve(inOrder('claim'))
  const list = await page('approvals', {}, hooks)
  expect(list.shown.findAllComponents({ name: 'ApprovalRow' }).map((r) => (r.props('item') as Approval).title)).toEqual(['修门', '修窗', '修锁'])
  list.shown.unmount()
  const walk = await page('walk', {}, hooks)
  expect((walk.shown.vm as unknown as { left: Approval[] }).left.map((a) => a.title)).toEqual(['修门', '修窗', '修锁'])
  walk.shown.unmount()
})

test('the first that the server lists is next, also of what is decided on a page of its own', async () => {
  serve(inOrder('callback'))
  const { nextMatter } = await import('@/services/next')
  expect((await nextMatter())?.to.query?.id).toBe('9')
  const { shown } = await page('walk', {}, {})
  shown.findAllComponents({ name: 'XyButton' })[0]!.vm.$emit('tap')
  expect(went).toEqual(['/pages/claim/confirm?id=9&asked=1'])
  shown.unmount()
})

test('one by one, the end leads to what is decided on a page of its own', async () => {
  const items = [matter('callback', { id: '8', since: '2026-11-25T01:00:00Z' }), matter('complaint', { id: '9', title: '墙太高' })]
  phone.network = () => ({ statusCode: 200, data: { items, counts: [{ kind: 'complaint', count: 1, late: 0 }, { kind: 'callback', count: 1, late: 0 }] } })
  const { shown, labels } = await page('walk', {}, {})
  expect(shown.text()).toContain('还有 2 件要打开来办')
  expect(labels()).toEqual(['打开回访', '回去看看'])
  shown.findAllComponents({ name: 'XyButton' })[0]!.vm.$emit('tap')
  expect(went).toEqual(['/pages/claim/confirm?id=8&asked=1'])
  shown.unmount()
})

test('what was decided on the page of one leads back to the walk, which says so; from elsewhere it stays', async () => {
  vi.doMock('@dcloudio/uni-app', () => ({ onShow: (f: () => void) => f() }))
  const { useDecided } = await import('@/services/next')
  const { justDone } = await import('@/services/after')
  const backs = vi.fn()
  Object.assign(uni, { navigateBack: backs })
  const from = (page: string) => vi.stubGlobal('getCurrentPages', () => [{ route: page }, { route: 'pages/hours/servicecheck' }])
  from('pages/me/inbox')
  const there = useDecided(() => '1')
  there.decided('credited')
  expect(there.did.value).toBe('credited')
  expect(backs).not.toHaveBeenCalled()
  from('pages/approval/walk')
  useDecided(() => '1').decided('credited')
  expect(backs).toHaveBeenCalledTimes(1)
  expect(justDone('walk')).toBe('credited')
})

test('a no to many says to how many', async () => {
  const { shown, labels } = await page('reason', { what: 'bulk', id: 'claim:1,claim:2,claim:3,claim:4,claim:5' }, {})
  expect(shown.text()).toContain('5 件一起不同意')
  expect(shown.text()).toContain('这 5 件的当事人都会看到')
  expect(labels()).toContain('5 件都不同意，告诉他们')
  shown.unmount()
})

test('a call back that nobody answered says so with when', async () => {
  const missed = await row(matter('callback', { missedCalls: 1, missedCallAt: new Date().toISOString() }))
  expect(missed.text()).toMatch(/打过 1 次，没人接，上次是今天 \d+:\d\d/)
})

test('who has no phone is found by the number of who helps, in one tap the community\'s', async () => {
  const { default: PostContact } = await import('@/components/wish/PostContact.vue')
  const reach = { name: '', phone: '', address: '', helped: false, helper: '', consent: '', note: '', agreed: false }
  const form = mount(PostContact as object, { props: { reach, behalf: true, service: '0435-5226001', wrong: {} } })
  const field = () => form.findAllComponents({ name: 'XyField' })[1]!
  expect(field().props('type')).toBeUndefined() // a keyboard with a dash
  expect(form.text()).not.toContain('党员才找得到本人')
  await form.findAll('.link').find((l) => l.text() === '本人没有电话')!.trigger('click')
  expect(form.emitted('say')).toEqual([[{ helped: true }]])
  await form.setProps({ reach: { ...reach, helped: true } } as object)
  expect(form.text()).toContain('邻居的、网格员的都行')
  form.findAllComponents({ name: 'XyButton' }).find((b) => b.props('label') === '用社区的电话 0435-5226001')!.vm.$emit('tap')
  expect(form.emitted('say')![1]).toEqual([{ phone: '0435-5226001', helper: '社区' }])
  form.unmount()
})

test('a landline is taken with a dash, without, and with another', async () => {
  const { dialled, isPhone } = await import('@/services/form')
  for (const typed of ['0435-3212345', '04353212345', '0435 3212345', '0435－3212345', '（0435）3212345']) {
    expect([typed, dialled(typed), isPhone(typed)]).toEqual([typed, '0435-3212345', true])
  }
  expect(dialled('010-62345678')).toBe('010-62345678')
  expect(dialled('138 0000 4321')).toBe('13800004321')
  expect(isPhone('3212345')).toBe(false)
})
