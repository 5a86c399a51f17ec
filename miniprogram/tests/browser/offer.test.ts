// A venue on two phones: a resident asks for an hour in a few taps, the host says yes and lets them in by the code at the
// door, and the page says that it was used. The resident has nothing booked before: days pass in the demo.
import { expect, test } from 'vitest'
import { ask, button, phone, settled, visit } from './people'
import { passSeconds, present } from './service'

test('a resident books a room, the host agrees and lets them in by the code', async () => {
  const [resident, host] = await Promise.all([phone('member-60'), phone('unit')])
  const mine = resident!.page
  await visit(mine, 'offers')
  await mine.getByRole('radio', { name: '开会、坐坐' }).click()
  await mine.getByRole('link').filter({ hasText: '第一小学会议室' }).click()
  await mine.getByRole('radio', { name: /明天|后天/ }).first().click()
  await mine.getByRole('radiogroup', { name: '几点开始' }).or(mine.getByRole('group', { name: '几点开始' })).getByRole('radio').first().click()
  await button(mine, '问问对方').click()
  await mine.getByText('问过对方了，一个工作日内回话。').waitFor()

  const theirs = host!.page
  await visit(theirs, 'home')
  await theirs.getByText('有人想约：第一小学会议室').first().waitFor()
  const [made] = (await ask<{ items: { id: string; startsAt: string }[] }>('member-60', 'bookings?scope=mine')).items
  const id = made!.id
  await visit(theirs, `booking?id=${id}`)
  await button(theirs, '同意').click()
  await theirs.getByText('同意了').waitFor()

  await visit(mine, 'bookings')
  await visit(mine, `booking?id=${id}`)
  const shown = (await mine.getByLabel(/^预约码 \d{8}$/).getAttribute('aria-label'))!
  await passSeconds(Math.ceil((Date.parse(made!.startsAt) - (await present())) / 1000))
  await visit(theirs, 'door')
  await theirs.getByRole('radio', { name: '第一小学会议室' }).click()
  await theirs.getByLabel('对方的预约码').fill(shown.slice(-8))
  await theirs.getByText(/来了，\d+ 人。/).waitFor()

  await mine.reload()
  await settled(mine)
  await mine.getByText('用过了', { exact: true }).waitFor()
  expect([...resident!.faults, ...host!.faults]).toEqual([])
})
