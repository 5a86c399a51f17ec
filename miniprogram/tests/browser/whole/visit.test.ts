// Visits on two phones: a resident asks, the leader says when; and what was heard on an evening is written down, also
// without a network, and becomes needs with numbers.
import { expect, test } from 'vitest'
import { button, phone, visit } from '../people'

test('a resident asks a leader to come, and reads when', async () => {
  const [resident, leader] = await Promise.all([phone('resident'), phone('area-leader')])
  await visit(resident!.page, 'visits')
  await button(resident!.page, '请领导来坐坐').click()
  await button(resident!.page, '送出邀请').click()
  await resident!.page.getByText('写一下在哪里，比如：邻里驿站。').waitFor()
  await resident!.page.getByLabel('在哪里').fill('12 号楼楼下')
  await resident!.page.getByLabel('想说什么事').fill('快递柜放在哪里')
  await button(resident!.page, '送出邀请').click()
  await resident!.page.getByText('请过了，等回话就好。').waitFor()

  await visit(leader!.page, 'visits')
  await leader!.page.getByRole('link').filter({ hasText: '快递柜放在哪里' }).click()
  await button(leader!.page, '约时间').click()
  await leader!.page.getByRole('radio', { name: '1 小时', exact: true }).click()
  await button(leader!.page, '约好').click()
  await leader!.page.getByText('明天', { exact: true }).first().waitFor()

  await visit(resident!.page, 'visits')
  await resident!.page.getByRole('link').filter({ hasText: '快递柜放在哪里' }).click()
  await resident!.page.getByText(/晚上\s7\s点\u200b?到\s8\s点$/).first().waitFor() // where a line may end, nothing is seen
  expect([...resident!.faults, ...leader!.faults]).toEqual([])
})

test('what was heard is written down without a network, and each thing gets a number', async () => {
  const { page, faults } = await phone('area-leader')
  await visit(page, 'visits')
  await page.getByRole('link').filter({ hasText: '物业费涨价的事' }).click()
  await button(page, '记下听到的事').click()
  await page.getByRole('radio', { name: '房屋物业' }).click()
  await page.getByLabel('在哪里').fill('全小区')
  await page.getByLabel('是什么事').fill('物业费涨了，账目没有公开。')
  await page.getByLabel('我答应的').fill('请物业把账贴出来')
  await page.context().setOffline(true)
  await button(page, '记下这一件').click()
  await button(page, '再记一件').click()
  await page.getByRole('radio', { name: '道路环境' }).click()
  await page.getByLabel('在哪里').fill('北门')
  await page.getByLabel('是什么事').fill('北门的路灯不亮。')
  await button(page, '记下这一件').click()
  await page.getByLabel('来的都有谁').fill('六位居民')
  await button(page, '送出 2 件').click()
  await page.context().setOffline(false)
  await page.getByText('当时答应：请物业把账贴出来').waitFor()
  expect(await page.getByText(/诉-\d{4}-\d{4}/).count()).toBe(2)
  expect(faults).toEqual([])
})
