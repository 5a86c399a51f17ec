import { beforeEach, expect, test, vi } from 'vitest'
import type { Me } from '@/services/types'
import { phone } from './setup'

interface Ask { tmplIds: string[]; success: (r: object) => void; fail: (e: object) => void }
let asked: string[][]
const answers = (how: (o: Ask) => void) =>
  Object.assign(uni, { requestSubscribeMessage: (o: Ask) => { asked.push(o.tmplIds); how(o) } })

beforeEach(async () => {
  asked = []
  phone.storage.set('xinyuan/resident/token', 't')
  phone.network = () => ({ statusCode: 204, data: '' })
  const { person } = await import('@/services/me')
  person.me = { templates: [{ id: 'p1', purpose: 'progress' }, { id: 'w1', purpose: 'work' }] } as Me
})

async function form() {
  const [{ useForm }, { askForProgress }] = await Promise.all([import('@/services/form'), import('@/services/phoneMessages')])
  const order: string[] = []
  let wrong = {}
  const { submit, state } = useForm(() => wrong, async () => void order.push('sent'), askForProgress)
  return { order, submit, state, spoil: () => (wrong = { title: '缺标题' }) }
}

test('WeChat is asked in the tap itself, before the request, and a yes is counted', async () => {
  const { order, submit } = await form()
  let say: (r: object) => void = () => undefined
  answers((o) => (say = o.success))
  const done = submit()
  expect(asked).toEqual([['p1']]) // nothing was waited for
  expect(order).toEqual([])
  say({ p1: 'accept' })
  await done
  expect(order).toEqual(['sent'])
  await vi.waitFor(() => expect(phone.sent).toHaveLength(1))
  expect(phone.sent.map((s) => [s.method, s.url, s.data])).toEqual([['POST', '/api/v1/me/subscriptions', '{"templates":["p1"]}']])
  expect(phone.sent[0]!.header['Idempotency-Key']).toBeTruthy()
})

test('what the tap sends does not wait until the yes is counted', async () => {
  const { order, submit } = await form()
  const kept: (() => void)[] = []
  phone.hold = (go) => kept.push(go) // the count is not answered
  answers((o) => o.success({ p1: 'accept' }))
  await submit()
  expect(order).toEqual(['sent'])
  await vi.waitFor(() => expect(kept).toHaveLength(1))
  kept.forEach((go) => go())
})

test('a no, a refusal of WeChat and a network that is away hold nothing up', async () => {
  for (const how of [(o: Ask) => o.success({ p1: 'reject' }), (o: Ask) => o.fail({ errMsg: 'requestSubscribeMessage:fail can only be invoked by user TAP gesture.' })]) {
    const { order, submit } = await form()
    answers(how)
    await submit()
    expect(order).toEqual(['sent'])
  }
  expect(phone.sent).toEqual([])
  phone.network = () => 'away'
  const { order, submit, state } = await form()
  answers((o) => o.success({ p1: 'accept' }))
  await submit()
  expect([order, state.failed]).toEqual([['sent'], ''])
})

test('a form with something wrong asks for nothing, and neither does a program without templates', async () => {
  answers((o) => o.success({ p1: 'accept' }))
  const one = await form()
  one.spoil()
  await one.submit()
  const { person } = await import('@/services/me')
  person.me = { ...person.me!, templates: undefined }
  const other = await form()
  await other.submit()
  expect([asked, other.order]).toEqual([[], ['sent']])
})
