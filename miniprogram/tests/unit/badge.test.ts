// The mark on the messages counts what is unread and what waits for my decision.
import { mount } from '@vue/test-utils'
import { expect, test, vi } from 'vitest'
import { phone } from './setup'

vi.mock('@/platform', async (original) => ({ ...(await original<object>()), chrome: () => ({ top: 0, right: 0 }) }))

async function badge(unread: number, tasks: number): Promise<[string, string | undefined] | undefined> {
  const { person } = await import('@/services/me')
  Object.assign(person, { unread, tasks })
  const { default: Page } = await import('@/components/page/XyPage.vue')
  const page = mount(Page as object, { props: { title: '消息', tab: 'inbox' }, global: { stubs: { DemoBar: true, XyCall: true, XyIcon: true } } })
  const found = page.find('.count')
  const shown = found.exists() ? [found.text(), found.attributes('aria-label')] as [string, string | undefined] : undefined
  page.unmount()
  return shown
}

test('messages and tasks are one number, and each is named', async () => {
  expect(await badge(2, 3)).toEqual(['5', '2 条新消息，3 件事等您处理'])
  expect(await badge(2, 0)).toEqual(['2', '2 条新消息'])
  expect(await badge(0, 12)).toEqual(['9+', '12 件事等您处理'])
  expect(await badge(0, 0)).toBeUndefined()
})

test('how many tasks wait comes with what is my turn', async () => {
  phone.storage.set('xinyuan/resident/token', 't')
  let decide: object[] = [{ turn: 'decide', title: '', who: '', since: '2026-03-11T04:00:00Z', count: 4, late: 0 }]
  phone.network = () => ({ statusCode: 200, data: { items: decide } })
  const { todos } = await import('@/services/todo')
  const { person } = await import('@/services/me')
  await todos()
  expect(person.tasks).toBe(4)
  decide = []
  await todos()
  expect(person.tasks).toBe(0)
})
