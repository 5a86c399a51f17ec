// The number that people dial about a community: published by its secretary, shown to who is at home there.
import { expect, test } from 'vitest'
import { ask, button, phone, pictures, settled, visit } from '../people'

interface Me { line?: { name: string; phone: string } }
const picture = pictures('phone')

test('the secretary publishes a number, and residents dial it', async () => {
  const before = (await ask<Me>('resident', 'me')).line?.phone ?? ''
  const a = await phone('secretary')
  const b = await phone('resident', { elder: true })
  await visit(a.page, 'mine')
  await a.page.getByRole('link', { name: '服务电话' }).click()
  const number = a.page.getByLabel('服务电话')
  expect(await number.inputValue()).toBe(before)
  await number.fill('5226001')
  await button(a.page, '公布这个号码').click()
  await a.page.getByRole('alert').filter({ hasText: '请写带区号的座机号' }).waitFor()
  await number.fill('0435-5226009')
  await button(a.page, '打给社区，0435-5226009').waitFor() // as residents will see it
  await picture(a.page, 'number')
  await button(a.page, '公布这个号码').click()
  await a.page.getByText('公布了，居民现在打的就是这个号码。').waitFor()

  await visit(b.page, 'complain')
  await button(b.page, '打给社区，0435-5226009').first().waitFor()
  await picture(b.page, 'resident-elder')
  await number.fill(before)
  await button(a.page, before ? '公布这个号码' : '不公布号码').click()
  await expect.poll(async () => (await ask<Me>('resident', 'me')).line?.phone ?? '').toBe(before)
  expect([...a.faults, ...b.faults]).toEqual([])
  await Promise.all([a.close(), b.close()])
})

test('the street chooses the place first', async () => {
  const { page, faults, close } = await phone('street', { elder: true })
  await visit(page, 'phone')
  await settled(page)
  await page.getByRole('radio').nth(1).click()
  await page.getByText('打哪个电话？').waitFor()
  await picture(page, 'street-elder')
  await button(page, '换一个地方').click()
  await page.getByText('哪里的电话？').waitFor()
  expect(faults).toEqual([])
  await close()
})
