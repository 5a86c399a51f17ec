// Each page of the mini-program as it is built for WeChat, once, in a simulated WeChat against the real server.
import { expect, inject, test } from 'vitest'
import { known, places } from '../places'
import { wechat } from '../wechat'

test('every page loads and shows its content, without a fault', async () => {
  const found: string[] = []
  const all = await places()
  expect(new Set(all.map((p) => p.page))).toEqual(new Set(known().keys()))
  const once = all.filter((p, i) => p.page !== 'design' && all.findIndex((q) => q.page === p.page) === i)
  for (const persona of new Set(once.map((p) => p.persona))) {
    const phone = wechat(inject('base'), persona)
    for (const { page, query } of once.filter((p) => p.persona === persona)) {
      phone.faults.length = 0
      const shown = await phone.visit(known().get(page)!, query)
      if (!shown.text() || shown.text().includes('暂时打不开')) found.push(`${persona} ${page} shows: ${shown.text()}`)
      found.push(...phone.faults.map((f) => `${persona} ${page}: ${f}`))
      shown.close()
    }
  }
  expect(found).toEqual([])
})
